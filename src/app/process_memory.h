// How the process keeps what it no longer uses out of its resident size.
//
// Not an allocator: two requests to glibc's. keep_memory_small() is for the main thread before any
// other runs; give_back_memory() may be called on any thread and takes about a millisecond.
#pragma once

namespace candor::app {

void keep_memory_small();

// Returns free pages inside the heaps to the system. To be called before something large is
// allocated or after it was freed: what stays resident is the sum of both otherwise.
void give_back_memory();

}  // namespace candor::app
