// Why a probe failed: the public kind with its numbers, and a private sentence for operators.
//
// Also the mapping from the kernel's error numbers. Pure values; safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/ip_address.h"
#include "model/check.h"
#include "model/evidence.h"
#include "model/observation.h"

namespace candor::probe {

struct Trouble {
    Evidence evidence;
    std::string detail;
};

Trouble trouble(FailureKind kind, std::string detail);

// Nothing arrived in time; `doing` completes "… before the time was up: ".
Trouble timed_out(const CheckSpec& spec, std::string_view doing);

// A connect or read that ended with `error_number` (errno): refused, unreachable, timeout, or
// could_not_run where the fault is ours (no descriptors, no memory, no permission).
Trouble socket_trouble(int error_number, std::string_view doing);

Observation passed(const CheckSpec& spec, const Timing& timing);
Observation failed(const CheckSpec& spec, const Timing& timing, Trouble trouble);

// Valid UTF-8 of at most kDetailBytesMax bytes; control characters become spaces, bytes that are
// not UTF-8 become '?'. Keeps the beginning.
std::string clean_detail(std::string_view text);
// The same, but keeps the end: for the output of commands.
std::string clean_detail_tail(std::string_view text);

// An address that the configuration's `reach.probes` does not allow.
Trouble out_of_reach(FailureKind kind, const IpAddress& address);

}  // namespace candor::probe
