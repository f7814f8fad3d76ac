#pragma once

namespace crystallite {

class TimelineTracks;

/// Makes the tracks a slider for assistive technology. Safe to call more than once.
void installTimelineAccessibility();

/// Tells assistive technology that the cursor stands elsewhere.
void announceTimelineValue(TimelineTracks& tracks);

}  // namespace crystallite
