// CHECK: stops the process when the program itself is wrong. Active in every build.
//
// Never for input, disk, network or configuration: those are Results (base/result.h).
#pragma once

namespace candor {

// Prints file, line and condition to standard error, then aborts.
[[noreturn]] void check_failed(const char* file, int line, const char* condition);

}  // namespace candor

#define CHECK(condition)                                                          \
    do {                                                                          \
        if (!(condition)) ::candor::check_failed(__FILE__, __LINE__, #condition); \
    } while (false)
