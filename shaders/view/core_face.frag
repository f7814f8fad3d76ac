#version 440

// A face of a prism of ice: a body, a rim, a line at every step, and the shine of the lit plane on what lies beside it.
//   vLocal, vShape.xy   place on the face and its size, in logical pixels of the page; u runs along time
//   vShape.z            1: a face across time, which has no lines and no shine; its inside is exactly vColour: tests read it back
//   vShape.w            pattern: 0 none, 1 hatched, 2 dotted rim
//   vStep               frame coordinate; whole numbers are borders between two steps
//   vColour, vEdge      sRGB, straight alpha

layout(location = 0) in vec2 vLocal;
layout(location = 1) in float vStep;
layout(location = 2) flat in vec4 vColour;
layout(location = 3) flat in vec4 vEdge;
layout(location = 4) flat in vec4 vShape;

layout(location = 0) out vec4 fragColour;

layout(std140, binding = 0) uniform Parameters {
    mat4 qt_Matrix;
    float qt_Opacity;
    float pixel;       // device pixels of a logical one
    float litFrame;    // middle of the lit slab
    float shineReach;  // in frames
    vec4 shine;        // colour and strength
};

const float kRim = 1.1;      // logical pixels
const float kGlow = 3.0;     // of the light inside the rim
const float kHatch = 7.0;
const float kFinest = 3.0;   // logical pixels between two lines of steps, below which none is drawn

void main() {
    vec2 size = vShape.xy;
    vec2 unit = max(fwidth(vLocal), vec2(1e-6));  // of the page in a device pixel
    vec2 toEdge = min(vLocal, size - vLocal) / unit;
    vec2 extent = size / unit;
    float nearest = min(toEdge.x, toEdge.y);
    // A face thinner than its rims would be all rim.
    float room = clamp(min(extent.x, extent.y) / (6.0 * pixel), 0.0, 1.0);

    float rim = clamp(kRim * pixel + 0.5 - nearest, 0.0, 1.0) * room;
    float inside = max(nearest - kRim * pixel, 0.0);
    float glow = exp(-inside / (kGlow * pixel)) * 0.35 * room * step(inside, 3.0 * kGlow * pixel);
    if (vShape.w > 1.5) {
        float along = (toEdge.x < toEdge.y ? vLocal.y / unit.y : vLocal.x / unit.x) / pixel;
        rim *= step(fract(along / 5.0), 0.5);
        glow = 0.0;
    }

    vec4 colour = vColour;
    if (vShape.w > 0.5 && vShape.w < 1.5) {
        float stripe = fract((vLocal.x / unit.x + vLocal.y / unit.y) / (kHatch * pixel));
        colour.a *= mix(0.35, 1.0, step(0.5, stripe));
    }
    float edgeAlpha = max(rim, glow) * vEdge.a;
    float alpha = edgeAlpha + colour.a * (1.0 - edgeAlpha);
    vec3 rgb = alpha > 0.0 ? (vEdge.rgb * edgeAlpha + colour.rgb * colour.a * (1.0 - edgeAlpha)) / alpha : vec3(0.0);

    if (vShape.z < 0.5) {
        float perStep = 1.0 / max(fwidth(vStep), 1e-6) / pixel;
        float line = clamp(1.0 - abs(fract(vStep + 0.5) - 0.5) * perStep * pixel, 0.0, 1.0);
        alpha += line * 0.5 * vColour.a * smoothstep(kFinest, 3.0 * kFinest, perStep) * (1.0 - alpha);
        float near = exp(-abs(vStep - litFrame) / shineReach) * shine.a;
        rgb = mix(rgb, shine.rgb, near * 0.6);
        alpha = min(alpha * (1.0 + 1.2 * near), 1.0);
    }

    // Half a pixel of softness at the border of the face; a face of less than two pixels keeps what it has.
    vec2 soft = mix(vec2(1.0), clamp(toEdge + 0.25, 0.0, 1.0), smoothstep(1.5, 3.0, extent));
    alpha *= soft.x * soft.y;
    fragColour = vec4(rgb * alpha, alpha) * qt_Opacity;
}
