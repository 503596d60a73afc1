// The one knob by which our threads make way for each other.
//
// Detection and the present page run at normal priority; the past and finishing touches make way.
#pragma once

namespace candor::app {

// For the calling thread: it runs when nobody else wants to. Without the right to do so nothing
// changes but politeness.
void set_lowest_priority();

}  // namespace candor::app
