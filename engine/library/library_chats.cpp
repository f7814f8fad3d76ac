#include "engine/base/assert.h"
#include "engine/library/library_file.h"
#include "engine/library/library_state.h"

#include <utility>

namespace crystallite {
namespace {

/// Made when the first chat is kept: a library from before chats stays readable where it cannot be written, and a program from before them
/// does not look at these tables.
constexpr const char* kChatTables =
    "CREATE TABLE IF NOT EXISTS chat(id TEXT PRIMARY KEY, changed INTEGER, system TEXT);"
    "CREATE TABLE IF NOT EXISTS chat_turn(chat TEXT, number INTEGER, answer INTEGER, text TEXT, run TEXT, PRIMARY KEY(chat, number))";

Result<void> removeRows(Database& database, std::string_view id) {
    for (const char* sql : {"DELETE FROM chat WHERE id = ?", "DELETE FROM chat_turn WHERE chat = ?"}) {
        Result<Statement> statement = database.prepare(sql);
        if (!statement) {
            return statement.error();
        }
        if (Result<void> removed = statement->bind(id).run(); !removed) {
            return removed;
        }
    }
    return {};
}

Result<void> insertRows(Database& database, const ChatEntry& chat) {
    Result<Statement> head = database.prepare("INSERT INTO chat VALUES(?, ?, ?)");
    Result<Statement> row = database.prepare("INSERT INTO chat_turn VALUES(?, ?, ?, ?, ?)");
    if (!head || !row) {
        return head ? row.error() : head.error();
    }
    if (Result<void> inserted = head->bind(std::string_view(chat.id)).bind(chat.changed).bind(std::string_view(chat.system)).run();
        !inserted) {
        return inserted;
    }
    int64_t number = 0;
    for (const KeptTurn& turn : chat.turns) {
        row->bind(std::string_view(chat.id)).bind(++number).bind(int64_t{turn.isAnswer ? 1 : 0});
        if (Result<void> inserted = row->bind(std::string_view(turn.text)).bind(std::string_view(turn.run)).run(); !inserted) {
            return inserted;
        }
    }
    return {};
}

Result<void> readTurns(Database& database, ChatEntry& chat) {
    Result<Statement> select = database.prepare("SELECT answer, text, run FROM chat_turn WHERE chat = ? ORDER BY number");
    if (!select) {
        return select.error();
    }
    select->bind(std::string_view(chat.id));
    Result<bool> more = select->next();
    for (; more && *more; more = select->next()) {
        chat.turns.push_back({.isAnswer = select->integer(0) != 0, .text = select->text(1), .run = select->text(2)});
    }
    return more ? Result<void>() : Result<void>(more.error());
}

}  // namespace

Result<void> LibraryFile::keepChat(const ChatEntry& chat) {
    ENGINE_ASSERT(!chat.id.empty());
    Database& database = state_->database;
    return database.transaction([&]() -> Result<void> {
        if (Result<void> made = database.execute(kChatTables); !made) {
            return made;
        }
        if (Result<void> removed = removeRows(database, chat.id); !removed) {
            return removed;
        }
        return insertRows(database, chat);
    });
}

Result<void> readChats(Database& database, uint32_t most, std::vector<ChatEntry>& chats) {
    const Result<int64_t> tables = database.queryInteger("SELECT count(*) FROM sqlite_schema WHERE name = 'chat'");
    if (!tables || *tables == 0) {
        return tables ? Result<void>() : Result<void>(tables.error());
    }
    Result<Statement> select = database.prepare("SELECT id, changed, system FROM chat ORDER BY changed DESC, id LIMIT ?");
    if (!select) {
        return select.error();
    }
    select->bind(most);
    Result<bool> more = select->next();
    for (; more && *more; more = select->next()) {
        ChatEntry chat{.id = select->text(0), .changed = select->integer(1), .system = select->text(2)};
        if (Result<void> read = readTurns(database, chat); !read) {
            return read;
        }
        chats.push_back(std::move(chat));
    }
    return more ? Result<void>() : Result<void>(more.error());
}

Result<std::vector<ChatEntry>> LibraryFile::chats(uint32_t most) {
    std::vector<ChatEntry> chats;
    const Result<void> read = readChats(state_->database, most, chats);
    return read ? Result<std::vector<ChatEntry>>(std::move(chats)) : Result<std::vector<ChatEntry>>(read.error());
}

}  // namespace crystallite
