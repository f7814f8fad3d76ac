#include "engine/exchange/player_page.h"

#include "engine/base/assert.h"
#include "engine/exchange/run_json.h"

#include <array>
#include <string_view>

extern "C" {
extern const char crystallitePlayerPageBegin[];
extern const char crystallitePlayerPageEnd[];
extern const char crystallitePlayerStyleBegin[];
extern const char crystallitePlayerStyleEnd[];
extern const char crystallitePlayerWordsBegin[];
extern const char crystallitePlayerWordsEnd[];
extern const char crystallitePlayerRunBegin[];
extern const char crystallitePlayerRunEnd[];
extern const char crystallitePlayerVisualBegin[];
extern const char crystallitePlayerVisualEnd[];
extern const char crystallitePlayerNamesBegin[];
extern const char crystallitePlayerNamesEnd[];
extern const char crystallitePlayerCanvasBegin[];
extern const char crystallitePlayerCanvasEnd[];
extern const char crystallitePlayerInspectorBegin[];
extern const char crystallitePlayerInspectorEnd[];
extern const char crystallitePlayerTransportBegin[];
extern const char crystallitePlayerTransportEnd[];
}

namespace crystallite {
namespace {

std::string_view embedded(const char* begin, const char* end) {
    return {begin, static_cast<size_t>(end - begin)};
}

std::string_view nameOf(PageTheme theme) {
    switch (theme) {
        case PageTheme::Desktop: return "desktop";
        case PageTheme::Dark: return "dark";
        case PageTheme::Light: return "light";
    }
    ENGINE_ASSERT(false);
}

/// For text and for attributes between quotation marks. Bytes that are not UTF-8 are the browser's to replace.
std::string htmlEscaped(std::string_view text) {
    std::string escaped;
    for (const char character : text) {
        switch (character) {
            case '&': escaped += "&amp;"; break;
            case '<': escaped += "&lt;"; break;
            case '>': escaped += "&gt;"; break;
            case '"': escaped += "&quot;"; break;
            default: escaped += character;
        }
    }
    return escaped;
}

std::string scripts() {
    const std::array parts = {embedded(crystallitePlayerWordsBegin, crystallitePlayerWordsEnd),
                              embedded(crystallitePlayerRunBegin, crystallitePlayerRunEnd),
                              embedded(crystallitePlayerVisualBegin, crystallitePlayerVisualEnd),
                              embedded(crystallitePlayerNamesBegin, crystallitePlayerNamesEnd),
                              embedded(crystallitePlayerCanvasBegin, crystallitePlayerCanvasEnd),
                              embedded(crystallitePlayerInspectorBegin, crystallitePlayerInspectorEnd),
                              embedded(crystallitePlayerTransportBegin, crystallitePlayerTransportEnd)};
    std::string text;
    for (const std::string_view part : parts) {
        text += "<script>\n" + std::string(part) + "</script>\n";
    }
    return text;
}

/// Writes a template whose places are named `{{name}}`, in their order.
class TemplateWriter {
public:
    TemplateWriter(std::string_view page, const ExportSink& sink) : rest_(page), sink_(sink) {}

    /// Up to the place, which goes.
    Result<void> writeUpTo(std::string_view name) {
        const std::string place = "{{" + std::string(name) + "}}";
        const size_t at = rest_.find(place);
        ENGINE_ASSERT(at != std::string_view::npos);
        const Result<void> written = sink_(rest_.substr(0, at));
        rest_.remove_prefix(at + place.size());
        return written;
    }
    Result<void> fill(std::string_view name, std::string_view text) {
        const Result<void> written = writeUpTo(name);
        return written ? sink_(text) : written;
    }
    Result<void> finish() { return sink_(rest_); }

private:
    std::string_view rest_;
    const ExportSink& sink_;
};

}  // namespace

Result<void> writePlayerPage(const Trace& trace, const PlayerPage& page, const ExportSink& sink, const ExportWatch& watch) {
    TemplateWriter html(embedded(crystallitePlayerPageBegin, crystallitePlayerPageEnd), sink);
    const std::string name = htmlEscaped(page.name);
    const std::pair<std::string_view, std::string> places[] = {
        {"theme", std::string(nameOf(page.theme))},
        {"title", name},
        {"style", std::string(embedded(crystallitePlayerStyleBegin, crystallitePlayerStyleEnd))},
        {"name", name}};
    for (const auto& [place, text] : places) {
        if (const auto written = html.fill(place, text); !written) {
            return written;
        }
    }
    if (const auto written = html.writeUpTo("run"); !written) {
        return written;
    }
    if (const auto written = writeRunJson(trace, BeliefForm::Packed, sink, watch); !written) {
        return written;
    }
    if (const auto written = html.fill("scripts", scripts()); !written) {
        return written;
    }
    return html.finish();
}

}  // namespace crystallite
