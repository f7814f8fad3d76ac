#pragma once

#include "engine/exchange/export_sink.h"
#include "engine/trace/trace.h"

#include <string>

namespace crystallite {

enum class PageTheme : uint8_t { Desktop, Dark, Light };

struct PlayerPage {
    std::string name;                      ///< of the run's file, shown in the page
    PageTheme theme = PageTheme::Desktop;  ///< until the reader chooses
};

/// The run as one HTML file that plays, steps, scrubs and inspects it without a network: the page of resources/player with the run inside.
Result<void> writePlayerPage(const Trace& trace, const PlayerPage& page, const ExportSink& sink, const ExportWatch& watch);

}  // namespace crystallite
