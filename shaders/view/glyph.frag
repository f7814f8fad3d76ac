#version 440

// Coverage from the atlas, coloured; colour is sRGB with straight alpha.

layout(location = 0) in vec2 vTexture;
layout(location = 1) flat in vec4 vColour;

layout(location = 0) out vec4 fragColour;

layout(std140, binding = 0) uniform Parameters {
    mat4 qt_Matrix;
    float qt_Opacity;
    float fade;  // 0 previous frame .. 1 this frame
    vec2 atlasSize;
};
layout(binding = 1) uniform sampler2D atlas;

void main() {
    float alpha = texture(atlas, vTexture).a * vColour.a * qt_Opacity;
    fragColour = vec4(vColour.rgb * alpha, alpha);
}
