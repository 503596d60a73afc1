#include "app/process_memory.h"

#include <malloc.h>

namespace candor::app {
namespace {

// An arena per thread would keep what each of them once needed; ours allocate little at a time.
constexpr int kArenas = 2;
// Larger blocks (a rendered page, an encoder's tables) are mapped, and unmapped when freed. Unless
// it is set, glibc raises this to the largest block ever freed, and then the heap keeps the holes.
constexpr int kMappedFromBytes = 256 * 1024;

}  // namespace

void keep_memory_small() {
    ::mallopt(M_ARENA_MAX, kArenas);
    ::mallopt(M_MMAP_THRESHOLD, kMappedFromBytes);
}

void give_back_memory() {
    ::malloc_trim(0);
}

}  // namespace candor::app
