#version 440

// One facet of the canvas as a quad that is larger than the facet, so that shadow and glow have room. See cell.frag.
// Input 7 is left to the batching of Qt Quick, which puts its own depth there.

layout(location = 0) in vec2 position;
layout(location = 1) in vec4 local;
layout(location = 2) in vec4 style;
layout(location = 3) in vec4 light;
layout(location = 4) in vec4 fracturesLow;
layout(location = 5) in vec4 fracturesHigh;
layout(location = 6) in vec4 fill;
layout(location = 8) in vec4 previousFill;
layout(location = 9) in vec4 outline;
layout(location = 10) in vec4 notchColour;
layout(location = 11) in vec2 face;

layout(location = 0) out vec4 vLocal;
layout(location = 1) flat out vec4 vStyle;
layout(location = 2) flat out vec4 vLight;
layout(location = 3) flat out vec4 vFracturesLow;
layout(location = 4) flat out vec4 vFracturesHigh;
layout(location = 5) flat out vec4 vFill;
layout(location = 6) flat out vec4 vPreviousFill;
layout(location = 7) flat out vec4 vOutline;
layout(location = 8) flat out vec4 vNotchColour;
layout(location = 9) flat out vec2 vFace;

layout(std140, binding = 0) uniform Parameters {
    mat4 qt_Matrix;
    float qt_Opacity;
    float snap;
    float fade;
    float pixel;
    vec4 snapColour;
    float shadow;
    float highlight;
    vec4 lightColour;
    float lightPeak;
};

out gl_PerVertex {
    vec4 gl_Position;
};

void main() {
    gl_Position = qt_Matrix * vec4(position, 0.0, 1.0);
    vLocal = local;
    vStyle = style;
    vLight = light;
    vFracturesLow = fracturesLow;
    vFracturesHigh = fracturesHigh;
    vFill = fill;
    vPreviousFill = previousFill;
    vOutline = outline;
    vNotchColour = notchColour;
    vFace = face;
}
