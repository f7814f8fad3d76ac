#version 440

// One face of the core sample. corner is (x w, y w, w) in logical pixels, so that what is interpolated is right in perspective. See
// core_face.frag. Input 7 is left to the batching of Qt Quick.

layout(location = 0) in vec3 corner;
layout(location = 1) in vec4 local;
layout(location = 2) in vec2 when;
layout(location = 3) in vec4 colour;
layout(location = 4) in vec4 edge;
layout(location = 5) in float pattern;

layout(location = 0) out vec2 vLocal;
layout(location = 1) out float vStep;
layout(location = 2) flat out vec4 vColour;
layout(location = 3) flat out vec4 vEdge;
layout(location = 4) flat out vec4 vShape;

layout(std140, binding = 0) uniform Parameters {
    mat4 qt_Matrix;
    float qt_Opacity;
    float pixel;
    float litFrame;
    float shineReach;
    vec4 shine;
};

out gl_PerVertex {
    vec4 gl_Position;
};

void main() {
    gl_Position = qt_Matrix * vec4(corner.xy, 0.0, corner.z);
    vLocal = local.xy;
    vStep = when.x;
    vColour = colour;
    vEdge = edge;
    vShape = vec4(local.zw, when.y, pattern);
}
