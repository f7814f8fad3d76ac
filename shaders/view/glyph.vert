#version 440

// A glyph as a quad over its texels in the atlas. See glyph.frag.

layout(location = 0) in vec2 position;
layout(location = 1) in vec2 texel;
layout(location = 2) in vec4 colour;
layout(location = 3) in float phase;

layout(location = 0) out vec2 vTexture;
layout(location = 1) flat out vec4 vColour;

layout(std140, binding = 0) uniform Parameters {
    mat4 qt_Matrix;
    float qt_Opacity;
    float fade;
    vec2 atlasSize;
};

out gl_PerVertex {
    vec4 gl_Position;
};

void main() {
    gl_Position = qt_Matrix * vec4(position, 0.0, 1.0);
    vTexture = texel / atlasSize;
    float shown = phase > 0.5 ? fade : (phase < -0.5 ? 1.0 - fade : 1.0);
    vColour = vec4(colour.rgb, colour.a * shown);
}
