"""The plots, as data. One line per sentence group; `?` marks a scene that may be left out.

Slots a, b: the cast. place: a place, place2: another. toy, colour: the thing of the story. Others are lists of this file.
What a question asks for must be a slot and must not stand in an optional line.
"""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True)
class Plot:
    name: str
    topic: str
    lines: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]
    slots: dict[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    cast: tuple[str, str] = ("any", "any")


def plot(name: str, topic: str, lines: str, questions: str, cast: str = "any any", **slots: str) -> Plot:
    """`questions` holds "question => answer" lines; a slot's choices are divided by `|`."""
    pairs = tuple(tuple(part.strip() for part in line.split("=>")) for line in questions.strip().splitlines())
    choices = {slot: tuple(values.split("|")) for slot, values in slots.items()}
    return Plot(name, topic, tuple(line.strip() for line in lines.strip().splitlines()), pairs, choices, tuple(cast.split()))


INTRODUCTION = (
    "[once upon a time, there was|there once was|long ago, there lived] a {a.trait} {a.kind} [named|called] {a}.",
    "{a} was a {a.trait} {a.kind}.",
    "this is a story about a {a.trait} {a.kind} named {a}.",
    "in a [little|small|cozy] house near the {place2}, there lived a {a.trait} {a.kind} [named|called] {a}.",
)
DAY = "[one {weather} day|one {weather} morning|one afternoon|that morning|one day]"  # what a plot writes as DAY

PLOTS = [
    plot(
        "lost",
        "a lost {toy}",
        """
        [{a.he} had a {colour} {toy}.|{a.he} loved {a.his} {colour} {toy} very much.]
        DAY, {a} could not find the {toy}.
        ?{a.he} [looked in the house and {place.at}, but it was not there|looked and looked, but the {toy} was gone].
        {a} [felt|was] very sad.
        a {b.kind} named {b} saw {a.him} and asked, "[Why are you sad|What is wrong]?"
        "[I lost|I cannot find] my {colour} {toy}," said {a}.
        "[Do not cry.|Do not worry.] I will help you," said {b}.
        ?they looked together for a long time.
        then {b} looked {spot}. "Here is your {toy}!" said {b}.
        {a} [gave {b} a big hug|smiled at {b}] and said, "Thank you!"
        [from that day on, {a} and {b} were best friends.|they played with the {toy} until the sun went down.]
        """,
        """
        What did {a} lose? => {a} lost {a.his} {colour} {toy}.
        Who found the {toy}? => {b} found the {toy}.
        Where was the {toy}? => The {toy} was {spot}.
        What color was the {toy}? => The {toy} was {colour}.
        """,
    ),
    plot(
        "share",
        "sharing {food.a}",
        """
        DAY, {a} made {food.a} and took it to the {place}.
        there {a.he} met a {b.kind} named {b}.
        "I am so hungry," said {b}. "May I have some of your {food}?"
        [{a} thought about it.|{a} looked at the {food}.|] "Yes, we can share it," said {a}.
        ?{a} gave half of the {food} to {b}.
        they sat {place.at} and ate [together|with big smiles].
        "This is the best {food} ever," said {b}.
        {a} was {feeling}. [Sharing made it taste even better.|It is good to share with a friend.]
        """,
        """
        What did {a} make? => {a} made {food.a}.
        Where did {a} go? => {a} went to the {place}.
        Who was hungry? => {b} was hungry.
        Who did {a} meet? => {a} met {b}.
        """,
    ),
    plot(
        "selfish",
        "learning to share {food.a}",
        """
        DAY, {a} had {food.a}.
        a {b.kind} named {b} came by and asked, "May I have [some|a bite]?"
        "No, it is all mine!" said {a}, and {a.he} ate the {food} all alone.
        soon {a.his} tummy hurt [very much|a lot].
        {b} was kind and brought {a.him} some {drink}.
        "I am sorry," said {a}. "Next time I will share with you."
        the next day, {a} made {food.another}, and they ate it together.
        """,
        """
        What did {a} eat? => {a} ate {food.a}.
        What did {b} bring? => {b} brought some {drink}.
        Who said sorry? => {a} said sorry.
        """,
        drink="water|tea|milk",
    ),
    plot(
        "stuck",
        "a {b.kind} who gets stuck",
        """
        DAY, {a} was walking near the {place}.
        {a.he} heard a small voice. "Help me! Help me!"
        it was a {b.kind} named {b}, who was stuck in {trap}.
        "Do not worry. I will get you out," said {a}.
        ?{a} pulled and pulled, but {a.he} was not strong enough.
        then {a} had an idea. {a.he} ran home and got a {tool}.
        with the {tool}, {a} helped {b} get free.
        "Thank you for saving me," said {b}[.|, and {b.he} {b.voice} with joy.]
        [they became good friends.|{a} went home feeling {feeling}.|they met {place.at} every day after that.]
        """,
        """
        Who was stuck? => {b} was stuck in {trap}.
        What did {a} use to help? => {a} used a {tool}.
        Who helped {b}? => {a} helped {b}.
        Where was {a} walking? => {a} was walking near the {place}.
        """,
        cast="any animal",
        trap="a deep hole|a tall tree|some thick mud|an old net|a thorny bush",
        tool="rope|ladder|long stick|shovel",
    ),
    plot(
        "learn",
        "learning to {skill}",
        """
        {a.he} wanted to learn how to {skill}.
        DAY, {a.he} tried [and tried|hard], but it was too hard.
        "I will never learn to {skill}," said {a}.
        {a.his} friend {b} came to help.
        "[It was hard for me too|I was bad at it too]," said {b}. "You must try again and again."
        so {a} tried again. {a.he} tried every day for {time}.
        at last, {a} could {skill} all by {a.himself}!
        "I did it!" {a.he} said. {b} clapped and cheered.
        [{a} was very proud.|{a} learned that you should never give up.|now they {skill} together every day.]
        """,
        """
        What did {a} want to learn? => {a} wanted to learn how to {skill}.
        Who helped {a}? => {b} helped {a}.
        How long did {a} try? => {a} tried for {time}.
        """,
        skill="swim|bake bread|paint|skate|fly a kite|read|climb|sing|dance|draw|ski|whistle",
        time="a week|many days|two weeks|a month|three days",
    ),
    plot(
        "storm",
        "a storm",
        """
        DAY, {a} went to the {place} to play.
        soon the sky turned dark and it began to {fall}.
        the wind was very loud, and {a} was scared.
        {a.he} saw a little light in {shelter} and ran inside.
        there was a {b.kind} named {b}. "Come in and get warm," said {b}.
        {b} gave {a} a warm {gift} and a cup of {drink}.
        ?they told stories until the storm was over.
        "Thank you, {b}," said {a}. "You are a {b.trait} friend."
        then {a} walked home under {sky}.
        """,
        """
        Why was {a} scared? => The wind was very loud.
        Where did {a} see a light? => {a} saw a light in {shelter}.
        What did {b} give {a}? => {b} gave {a} a warm {gift} and a cup of {drink}.
        Where did {a} go to play? => {a} went to the {place}.
        """,
        cast="any animal",
        fall="rain|snow|hail",
        shelter="an old barn|a small house|a cave|a hollow tree|a little hut",
        gift="blanket|coat|scarf",
        drink="hot milk|hot soup|warm tea",
        sky="the bright stars|a big rainbow|the round moon",
    ),
    plot(
        "wish",
        "a magic {charm}",
        """
        DAY, {a} found a {colour} {charm} near the {place}.
        the {charm} began to glow. "You may have one wish," it said.
        "I wish {wish}!" said {a}.
        poof! the wish came true.
        at first it was fun, but soon {a} felt {mood}.
        "Please, I want to be just me again," said {a}.
        the {charm} glowed once more, and everything was as before.
        {a} went home and hugged {a.his} {relative}.
        {a.he} was happy to be just {a}.
        """,
        """
        What did {a} find? => {a} found a {colour} {charm}.
        What was the wish? => {a} wished {wish}.
        Where was the {charm}? => The {charm} was near the {place}.
        Who did {a} hug? => {a} hugged {a.his} {relative}.
        """,
        charm="stone|feather|shell|key|lamp|flower|coin|mirror",
        wish="to fly|to talk to animals|to be very tall|to be very small|to be invisible|to be a king|to run like the wind",
        mood="lonely|tired|afraid|sad",
    ),
    plot(
        "race",
        "a race between a {a.kind} and a {b.kind}",
        """
        {a} and a {b.kind} named {b} wanted to have a race.
        "I am the fastest of all," said {a}. "You will never win."
        "We will see," said {b}.
        they ran from the {place} to the {goal}.
        {a} ran very fast and was soon far ahead.
        but then {a} {mistake}.
        {b} did not stop. {b.he} went on, step by step.
        when {a} came to the {goal}, {b} was already there!
        "Well done," said {a}. "You won the race."
        [{a} learned not to brag.|after that, they were good friends.]
        """,
        """
        Who won the race? => {b} won the race.
        Why did {a} lose? => {a} {mistake}.
        Where did the race end? => The race ended at the {goal}.
        Where did the race start? => The race started at the {place}.
        """,
        cast="animal animal",
        goal="old bridge|big tree|tall gate|red barn|mill",
        mistake="stopped to eat some berries|took a nap under a tree|went the wrong way|stopped to look in a mirror|chased a butterfly",
    ),
    plot(
        "birthday",
        "a birthday",
        """
        it was the birthday of {a.his} friend {b}, a {b.trait} {b.kind}.
        {a} wanted to give {b} something nice.
        {a.he} went to the {place} and [looked around|thought about it].
        there {a.he} [saw|found] a {colour} {toy}.
        "{b} will love this {toy}," said {a}.
        ?{a.he} put the {toy} in a bag and tied it with a string.
        at the party, {b} opened the gift. "A {colour} {toy}! Thank you, {a}!" said {b}.
        they ate {food.a} and [sang songs|played games] all day.
        """,
        """
        What did {a} give {b}? => {a} gave {b} a {colour} {toy}.
        What color was the {toy}? => The {toy} was {colour}.
        What did they eat? => They ate {food.a}.
        Whose birthday was it? => It was the birthday of {b}.
        """,
    ),
    plot(
        "paint",
        "painting a {toy}",
        """
        {a.he} had an old {toy}. it [looked dull|was gray and plain].
        "I want to paint it," said {a}.
        DAY, {a.he} [asked|called] {a.his} friend {b}[ to help| for help].
        "What color do you like best?" asked {b}.
        "I like {colour}," said {a}.
        so {b} brought {colour} paint, and they painted the {toy}.
        ?{a} got some paint on {a.his} nose, and {b} laughed.
        now {a} had a {colour} {toy}. "It is beautiful," said {b}.
        """,
        """
        What did they paint? => They painted the {toy}.
        What color did {a} like? => {a} liked {colour}.
        Who brought the paint? => {b} brought the paint.
        """,
    ),
    plot(
        "seed",
        "a {plant} seed",
        """
        DAY, {a} found a tiny {plant} seed.
        {a.he} planted it {place.at} and gave it water.
        "Why do you water the ground?" asked a {b.kind} named {b}.
        "A {plant} will grow here," said {a}. "You must wait and see."
        {a} waited for {time}. [nothing came up.|{a.he} did not give up.]
        then one day a green leaf came out of the ground.
        soon there was a {size} {plant} with {colour} flowers.
        "You were right," said {b}. {a} was {feeling}.
        """,
        """
        What did {a} plant? => {a} planted a {plant} seed.
        Where did {a} plant it? => {a} planted it {place.at}.
        How long did {a} wait? => {a} waited for {time}.
        What color were the flowers? => The flowers were {colour}.
        """,
        plant="bean|pumpkin|rose|cherry|pea|tulip",
        time="a week|many days|two weeks|a month|three days",
        size="big|tall|lovely|strong",
    ),
    plot(
        "broken",
        "a broken {toy}",
        """
        {a.he} liked to play with {a.his} {colour} {toy}.
        DAY, the {toy} fell {spot} and broke.
        "Oh no! My {toy} is broken," said {a}[.|, and {a.he} began to cry.]
        {a.his} friend {b} heard {a.him}. "Let me see it. I can fix it," said {b}.
        {b} took some {glue} and went to work.
        ?{a} held the parts, and {b} put them together.
        after a while, the {colour} {toy} was as good as new.
        "You are a good friend," said {a}. "Thank you, {b}!"
        """,
        """
        What broke? => The {colour} {toy} broke.
        Who fixed the {toy}? => {b} fixed the {toy}.
        What did {b} use? => {b} used some {glue}.
        """,
        glue="glue|tape|string|wire",
    ),
    plot(
        "picnic",
        "a picnic",
        """
        DAY, {a} and {a.his} friend {b} had a picnic {place.at}.
        {a} brought {food.a}, and {b} brought a {colour} blanket.
        they sat on the blanket and [talked|laughed].
        then a {thief} came and took the {food}!
        "Stop, that is our food!" shouted {a}.
        [the {thief} ran away.|but the {thief} was too fast.]
        "Do not be sad," said {b}. "I have some {snack} too."
        so they ate the {snack}, and it was a good day after all.
        """,
        """
        What did {a} bring? => {a} brought {food.a}.
        What took the {food}? => A {thief} took the {food}.
        What did they eat? => They ate the {snack}.
        Where was the picnic? => The picnic was {place.at}.
        """,
        thief="crow|goose|raccoon|monkey",
        snack="nuts|grapes|plums|crackers",
    ),
    plot(
        "noise",
        "a noise in the night",
        """
        one night, {a} could not sleep. {a.he} heard a noise {corner}.
        "What is that?" {a.he} whispered. {a} was afraid of the dark.
        {a.he} called {a.his} {relative}, who came with a {colour} lamp.
        together they looked {corner}.
        it was only a {b.kind} named {b}, who was looking for {food.a}.
        "I am sorry that I woke you," said {b}.
        ?{a} laughed. "I thought you were a monster."
        {a} gave {b} {food.a}, and {b} went [home|away].
        then {a} went back to bed and was not afraid any more.
        """,
        """
        Who made the noise? => {b} made the noise.
        Where was the noise? => The noise was {corner}.
        What was {b} looking for? => {b} was looking for {food.a}.
        Who came with a lamp? => {a.his} {relative} came with a lamp.
        """,
        cast="person animal",
    ),
    plot(
        "newcomer",
        "a new friend at school",
        """
        DAY, a new {b.kind} came to school. {b.his} name was {b}.
        {b} sat alone and did not talk. {b.he} was {mood}.
        {a} saw {b.him} and [walked over|came closer].
        "Hello, I am {a}. Do you want to play with my {toy}?" asked {a}.
        {b} smiled a little. "Yes. I like your {colour} {toy}," said {b}.
        they played {game} all afternoon.
        ?the teacher was {feeling} to see it.
        when school was over, {b} said, "You are my first friend here."
        """,
        """
        Who was new at school? => {b} was new at school.
        How did {b} feel? => {b} was {mood}.
        What did they play? => They played {game}.
        What color was the {toy}? => The {toy} was {colour}.
        """,
        cast="person person",
        mood="sad|lonely|shy|afraid",
        game="tag|catch|chess|house|school|ball games",
    ),
    plot(
        "snowman",
        "a snowman",
        """
        it had snowed all night. {a} and {a.his} friend {b} ran outside.
        "Let us make a snowman {place.at}," said {b}.
        they made three big balls of snow.
        {a} gave the snowman a {colour} {wear}, and {b} gave him a {nose} for a nose.
        "What is his name?" asked {a}. "His name is {title}," said {b}.
        ?they danced around {title} and sang a song.
        the next day, the sun was warm, and the snowman was gone.
        only the {colour} {wear} was left. "See you next winter, {title}," said {a}.
        """,
        """
        What did {a} give the snowman? => {a} gave the snowman a {colour} {wear}.
        What was the nose? => The nose was a {nose}.
        What was the name of the snowman? => The name of the snowman was {title}.
        Where did they make the snowman? => They made the snowman {place.at}.
        """,
        wear="hat|scarf|coat|belt",
        nose="carrot|stick|pine cone|pear",
        title="Frosty|Flake|Icy|Snowy",
    ),
    plot(
        "hide",
        "hide and seek",
        """
        DAY, {a} and {a.his} friend {b} played hide and seek {place.at}.
        {a} closed {a.his} eyes and counted to {count}.
        {b} ran and hid {spot}.
        "Here I come!" said {a}.
        ?{a.he} looked behind a wall, but {b} was not there.
        {a} could not find {b} for a long time.
        then {b} had to {slip}, and {a} heard it.
        "I found you!" said {a}. {b} was {spot}.
        they laughed and played again.
        """,
        """
        Where did {b} hide? => {b} hid {spot}.
        Who hid? => {b} hid.
        How far did {a} count? => {a} counted to {count}.
        Where did they play? => They played {place.at}.
        """,
        count="ten|twenty|five|fifteen",
        slip="sneeze|laugh|cough|yawn",
    ),
    plot(
        "sick",
        "a sick friend",
        """
        DAY, {a} heard that {a.his} friend {b} was sick.
        {b} had to stay in bed. {b.he} had a {ill}.
        "I will make {b} feel better," said {a}.
        {a.he} made {food.a} and picked some {colour} flowers {place.at}.
        then {a.he} went to see {b}.
        "You brought {food.a} and flowers! You are so kind," said {b}.
        ?{a} read {b.him} a funny story.
        the next morning, {b} felt [much better|well again].
        """,
        """
        Who was sick? => {b} was sick.
        What did {a} make? => {a} made {food.a}.
        What color were the flowers? => The flowers were {colour}.
        What did {b} have? => {b} had a {ill}.
        """,
        ill="cold|cough|sore throat|fever",
    ),
    plot(
        "treasure",
        "a treasure map",
        """
        DAY, {a} found an old map {spot}. it showed the way to a treasure.
        {a} ran to {a.his} friend {b}. "Let us look for it!" {a.he} said.
        they followed the map to the {place}.
        {b} dug a hole with a {tool} and found a {colour} box.
        "What is in it?" asked {a}.
        {b} opened the box. it was full of {gold}!
        ?they [danced|jumped] for joy.
        {a} and {b} shared the {gold} with all their friends.
        """,
        """
        What did {a} find? => {a} found an old map.
        Where was the map? => The map was {spot}.
        What was in the box? => The box was full of {gold}.
        What did {b} dig with? => {b} dug with a {tool}.
        What color was the box? => The box was {colour}.
        """,
        tool="spoon|shovel|stick|spade",
        gold="coins|candy|marbles|shells|pearls|beads",
    ),
    plot(
        "swap",
        "trading a {toy}",
        """
        {a.he} had a {colour} {toy}, and {a.his} friend {b} had a {colour2} {toy2}.
        DAY, they met {place.at}.
        "I like your {toy2}," said {a}.
        "And I like your {toy}," said {b}. "Do you want to trade?"
        ?{a} thought for a moment.
        "Yes," said {a}. so {a} gave {b} the {toy}, and {b} gave {a} the {toy2}.
        now {a} has the {colour2} {toy2}, and {b} has the {colour} {toy}.
        they were both {feeling}.
        """,
        """
        Who has the {toy} now? => {b} has the {toy}.
        Who has the {toy2} now? => {a} has the {toy2}.
        What color is the {toy}? => The {toy} is {colour}.
        What color is the {toy2}? => The {toy2} is {colour2}.
        Where did they meet? => They met {place.at}.
        """,
    ),
    plot(
        "wind",
        "a hat in the wind",
        """
        {a.he} had a new {colour} hat. {a.he} wore it to the {place}.
        suddenly the wind blew, and the hat flew away!
        "Come back, hat!" shouted {a}.
        the hat flew over {obstacle} and landed {spot}.
        a {b.kind} named {b} saw it and picked it up.
        "Is this {colour} hat yours?" asked {b}.
        "Yes, it is my hat! Thank you," said {a}.
        ?{b} smiled. "You should hold it with both hands."
        after that, {a} always held on to the hat.
        """,
        """
        What flew away? => The {colour} hat flew away.
        Who picked up the hat? => {b} picked up the hat.
        Where did the hat land? => The hat landed {spot}.
        What did the hat fly over? => The hat flew over {obstacle}.
        """,
        obstacle="the houses|the river|the trees|the fence|a wall",
    ),
    plot(
        "nest",
        "a baby bird",
        """
        DAY, {a} found a baby bird {spot}. it had fallen out of its nest.
        "Poor little bird," said {a}. {a.he} put it in a {colour} box.
        {a} asked {a.his} friend {b}, "How can we help it?"
        "The nest is in the {tree} tree," said {b}. "I can climb up."
        {b} climbed the tree and put the bird back in the nest.
        ?the mother bird came and sang a song.
        "We did a good thing," said {b}.
        every day, {a} and {b} came to the {tree} tree to see the bird.
        """,
        """
        What did {a} find? => {a} found a baby bird.
        Where was the bird? => The bird was {spot}.
        Who climbed the tree? => {b} climbed the tree.
        What color was the box? => The box was {colour}.
        What kind of tree was it? => It was a {tree} tree.
        """,
        cast="person person",
        tree="apple|oak|pine|pear|cherry",
    ),
    plot(
        "truth",
        "telling the truth",
        """
        DAY, {a} played with a ball in the {room}.
        the ball hit the {colour} {vase}, and it fell down and broke.
        {a} was afraid. {a.he} hid the pieces {corner}.
        "Who broke my {vase}?" asked {a.his} {relative}.
        ?at first {a} said nothing.
        {a.his} friend {b} said, "You should tell the truth."
        so {a} said, "It was me. I am sorry."
        "Thank you for telling the truth," said {a.his} {relative}.
        {a} was {feeling} that {a.he} had told the truth.
        """,
        """
        What did {a} break? => {a} broke the {colour} {vase}.
        Where did {a} hide the pieces? => {a} hid the pieces {corner}.
        Where did {a} play? => {a} played in the {room}.
        """,
        cast="person person",
        room="kitchen|hall|bedroom|living room",
        vase="vase|plate|jar|bowl|pot",
    ),
    plot(
        "music",
        "making music",
        """
        {a.he} played the {tune} every day. "I want to play with a friend," {a.he} said.
        DAY, {a} met a {b.kind} named {b} {place.at}.
        {b} had a {colour} {tune2}. "I play the {tune2}," said {b}.
        "Let us play together!" said {a}.
        {a} played the {tune}, and {b} played the {tune2}.
        ?at first it sounded funny, but soon it sounded good.
        many animals came to the {place} to listen.
        when the song was over, they all clapped. {a} and {b} were {feeling}.
        """,
        """
        What did {a} play? => {a} played the {tune}.
        What did {b} play? => {b} played the {tune2}.
        Where did they meet? => They met {place.at}.
        """,
        tune="piano|guitar|trumpet|violin",
        tune2="drum|flute|harp|bell",
    ),
    plot(
        "market",
        "a trip to the market",
        """
        DAY, {a} got {coins} coins. "Please buy {food.a} at the market," said {a.his} {relative}.
        {a} took a {colour} basket and went to the market.
        on the way, {a.he} met a {b.kind} named {b}.
        "Where are you going?" asked {b}. "I am going to buy {food.a}," said {a}.
        "I will come with you," said {b}.
        at the market, {a} paid {coins} coins and put the {food} in the basket.
        ?{b} carried the {colour} basket for a while.
        {a} came home, and {a.his} {relative} was {feeling}.
        """,
        """
        What did {a} buy? => {a} bought {food.a}.
        How many coins did {a} have? => {a} had {coins} coins.
        What color was the basket? => The basket was {colour}.
        Who came with {a}? => {b} came with {a}.
        """,
        cast="person any",
        coins="two|three|four|five|six|seven|eight|nine",
    ),
    plot(
        "bridge",
        "crossing the river",
        """
        DAY, {a} wanted to cross the river to get to the {place}.
        but the bridge was broken, and {a} could not swim.
        a {b.kind} named {b} sat by the river. "What is the matter?" asked {b}.
        "I cannot cross," said {a}.
        "I have a {colour} {boat}," said {b}. "I will take you."
        {a} sat down in the {boat}, and {b} took {a.him} to the other side.
        ?the water was [fast|deep], but {b} was careful.
        "Thank you," said {a}, and {a.he} gave {b} {food.a}.
        """,
        """
        What was broken? => The bridge was broken.
        Who had a {boat}? => {b} had a {boat}.
        What color was the {boat}? => The {boat} was {colour}.
        What did {a} give {b}? => {a} gave {b} {food.a}.
        Where did {a} want to go? => {a} wanted to go to the {place}.
        """,
        boat="boat|raft|canoe",
    ),
    plot(
        "clean",
        "cleaning up",
        """
        the room was a mess. there were toys everywhere.
        "I cannot find my {colour} {toy}," said {a}.
        {a.his} friend {b} came to visit. "First you must clean up," said {b}.
        they put the {many} in a box and the clothes in a drawer.
        ?it was hard work, but they sang while they worked.
        at last the room was clean, and there was the {colour} {toy}, {corner}.
        "A clean room is better," said {a}. {b} [smiled|nodded].
        """,
        """
        What could {a} not find? => {a} could not find the {colour} {toy}.
        Where was the {toy}? => The {toy} was {corner}.
        Who came to visit? => {b} came to visit.
        What did they put in a box? => They put the {many} in a box.
        """,
        cast="person any",
        many="books|games|cars|blocks|dolls",
    ),
]
