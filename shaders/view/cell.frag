#version 440

// A facet: rounded box by signed distance, all lengths in logical pixels, y down, origin at the centre.
//   local        x, y, half width, half height
//   style        corner radius, outline width, dash period (0 solid), notch legs
//   light        relief 0..1, flashes 0/1, fracture count, share where the facet of the other candidates begins
//   face         gloss 0..1, cool light 0..1
//   fractures    shares 0..1 along left and upper edge, from the lower left on, of the lines that start at the lower right
//   fill, previousFill, outline, notchColour   sRGB, straight alpha
// Inside the bevel (kBevel) and away from a fracture the colour is exactly fill: tests read it back.

layout(location = 0) in vec4 vLocal;
layout(location = 1) flat in vec4 vStyle;
layout(location = 2) flat in vec4 vLight;
layout(location = 3) flat in vec4 vFracturesLow;
layout(location = 4) flat in vec4 vFracturesHigh;
layout(location = 5) flat in vec4 vFill;
layout(location = 6) flat in vec4 vPreviousFill;
layout(location = 7) flat in vec4 vOutline;
layout(location = 8) flat in vec4 vNotchColour;
layout(location = 9) flat in vec2 vFace;

layout(location = 0) out vec4 fragColour;

layout(std140, binding = 0) uniform Parameters {
    mat4 qt_Matrix;
    float qt_Opacity;
    float snap;        // 1 at the commit .. 0 when its light is gone
    float fade;        // 0 previous frame .. 1 this frame
    float pixel;       // logical size of a device pixel
    vec4 snapColour;
    float shadow;      // opacity of the darkest shadow
    float highlight;   // opacity of the brightest edge
    vec4 lightColour;
    float lightPeak;   // opacity of the cool light at 1
};

const float kBevel = 4.0;
const float kRim = 5.0;      // over this length the cool light of the rim falls to a third
const float kHatchPeriod = 5.0;

float roundedBox(vec2 p, vec2 halfSize, float radius) {
    vec2 q = abs(p) - halfSize + radius;
    return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - radius;
}

float coverage(float distance) { return clamp(0.5 - distance / pixel, 0.0, 1.0); }

// Source over destination, both straight; returns straight.
vec4 over(vec4 source, vec4 destination) {
    float alpha = source.a + destination.a * (1.0 - source.a);
    vec3 colour = source.rgb * source.a + destination.rgb * destination.a * (1.0 - source.a);
    return vec4(alpha > 0.0 ? colour / alpha : vec3(0.0), alpha);
}

vec2 edgePoint(float share, vec2 halfSize) {
    float along = share * 2.0 * (halfSize.x + halfSize.y);
    return along < 2.0 * halfSize.y ? vec2(-halfSize.x, halfSize.y - along) : vec2(along - 2.0 * halfSize.y - halfSize.x, -halfSize.y);
}

// Distance from the line of a fracture, positive on the side of the likelier candidates; y of the result: 0 from its root to the
// middle, where the words stand, 1 at the rim.
vec2 fractureDistance(float share, vec2 p, vec2 halfSize) {
    vec2 along = edgePoint(share, halfSize) - halfSize;
    vec2 direction = normalize(along);
    vec2 fromRoot = p - halfSize;
    return vec2(direction.y * fromRoot.x - direction.x * fromRoot.y, smoothstep(0.30, 0.95, dot(fromRoot, direction) / length(along)));
}

vec4 withFractures(vec4 colour, vec2 p, vec2 halfSize) {
    int count = int(vLight.z + 0.5);
    for (int i = 0; i < count; ++i) {
        float share = i < 4 ? vFracturesLow[i] : vFracturesHigh[i - 4];
        vec2 d = fractureDistance(share, p, halfSize);
        // Each shard lies over the next one: its edge catches the light, and throws a shadow.
        float line = coverage(abs(d.x) - 0.4) * 0.60;
        float sheen = d.x > 0.0 ? exp(-d.x / 4.0) * 0.45 : 0.0;
        float shade = d.x < 0.0 ? exp(d.x / 3.0) * 0.50 : 0.0;
        colour = over(vec4(vec3(0.0), shade * d.y * shadow), colour);
        colour = over(vec4(vec3(1.0), max(line, sheen) * d.y * highlight), colour);
    }
    if (vLight.w < 1.0 && fractureDistance(vLight.w, p, halfSize).x < -1.0) {
        float stripe = abs(fract((p.x + p.y) / kHatchPeriod) - 0.5) * kHatchPeriod;
        colour = over(vec4(vec3(1.0), coverage(stripe - 0.4) * 0.18 * highlight), colour);
    }
    return colour;
}

vec4 withBevel(vec4 colour, vec2 p, vec2 halfSize, float distance) {
    float depth = max(-distance - vStyle.y, 0.0);
    float strength = vLight.x * max(1.0 - depth / kBevel, 0.0);
    bool upper = p.y + halfSize.y < halfSize.y - p.y;
    float facing = abs(p.y) / halfSize.y;  // the sides catch neither light nor shade
    float amount = strength * facing * facing;
    return upper ? over(vec4(vec3(1.0), amount * highlight), colour) : over(vec4(vec3(0.0), amount * shadow * 0.6), colour);
}

// A solid falls from light to dark; what stands for a number (an open slot) does not.
vec4 withGloss(vec4 colour, vec2 p, vec2 halfSize) {
    float down = (p.y + halfSize.y) / (2.0 * halfSize.y);
    colour = over(vec4(vec3(1.0), vFace.x * (1.0 - down) * 0.30 * highlight), colour);
    return over(vec4(vec3(0.0), vFace.x * down * 0.30 * shadow), colour);
}

// Linear in the weight over the whole face, and brighter along the rim.
vec4 withLight(vec4 colour, float distance) {
    float rim = exp(min(distance + vStyle.y, 0.0) / kRim);
    return over(vec4(lightColour.rgb, vFace.y * (lightPeak + (0.9 - lightPeak) * rim * rim)), colour);
}

float dashes(vec2 p, vec2 halfSize) {
    if (vStyle.z <= 0.0) {
        return 1.0;
    }
    vec2 toEdge = halfSize - abs(p);
    float along = toEdge.x < toEdge.y ? p.y : p.x;
    return coverage((abs(fract(along / vStyle.z) - 0.5) - 0.28) * vStyle.z);
}

void main() {
    vec2 p = vLocal.xy;
    vec2 halfSize = vLocal.zw;
    float distance = roundedBox(p, halfSize, vStyle.x);

    vec4 colour = mix(vPreviousFill, vFill, fade);
    if (vLight.z > 0.5) {
        colour = vec4(withFractures(vec4(colour.rgb, 1.0), p, halfSize).rgb, colour.a);
    }
    if (vFace.x > 0.0) {
        colour = vec4(withGloss(vec4(colour.rgb, 1.0), p, halfSize).rgb, colour.a);
    }
    if (vLight.x > 0.0) {
        colour = vec4(withBevel(vec4(colour.rgb, 1.0), p, halfSize, distance).rgb, colour.a);
    }
    if (vFace.y > 0.0) {
        colour = withLight(colour, distance);
    }
    colour = over(vec4(snapColour.rgb, vLight.y * snap * 0.45), colour);
    float notch = (p.x - halfSize.x + p.y - halfSize.y + vStyle.w) * 0.7071;
    colour = over(vec4(vNotchColour.rgb, vNotchColour.a * coverage(-notch)), colour);
    float outline = coverage(-(distance + vStyle.y)) * dashes(p, halfSize);
    colour = over(vec4(vOutline.rgb, vOutline.a * outline), colour);
    colour.a *= coverage(distance);

    float below = roundedBox(p - vec2(0.0, 3.5), halfSize - vec2(2.5, 0.5), vStyle.x);
    float shade = vLight.x * vFill.a * shadow * (1.0 - smoothstep(-4.0, 6.0, below));
    float glow = vLight.y * snap * 0.55 * exp(-max(distance, 0.0) / 2.5);
    float halo = vFace.y * 0.45 * exp(-max(distance, 0.0) / 3.0);
    vec4 around = over(vec4(lightColour.rgb, halo * step(0.0, distance)), vec4(0.0, 0.0, 0.0, shade * step(0.0, distance)));
    around = over(vec4(snapColour.rgb, glow), around);
    colour = over(colour, around * step(-1.0, distance));

    fragColour = vec4(colour.rgb * colour.a, colour.a) * qt_Opacity;
}
