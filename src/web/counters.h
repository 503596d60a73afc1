// What one worker counts about its own work, and how all workers' counts become metrics.
//
// Each counter has one writer, its worker; readers may be any thread, hence relaxed atomics without
// a locked instruction.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

#include "web/http_request.h"
#include "web/metrics.h"
#include "web/routes.h"

namespace candor::web {

// Why a connection was closed by us, or never taken.
enum class Closed : std::uint8_t {
    kIdle,        // keep-alive time over
    kEvicted,     // idle, and the room was needed
    kRefused,     // the connection cap is reached and nothing is idle
    kNetworkCap,  // the same for one network's share of the console listener
    kSlowReader,  // did not take an answer or an event in time
    kAnswerLate,  // the answer behind it did not come in time
    kRevoked,     // an event stream whose session or token has ended
    kHandshake,   // did not finish its TLS handshake in time
};
inline constexpr std::size_t kClosedKinds = 8;

class Counter final {
   public:
    void add(std::uint64_t n = 1) {
        value_.store(value_.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
    }
    void subtract(std::uint64_t n = 1) {
        value_.store(value_.load(std::memory_order_relaxed) - n, std::memory_order_relaxed);
    }
    std::uint64_t get() const { return value_.load(std::memory_order_relaxed); }

   private:
    std::atomic<std::uint64_t> value_{0};
};

inline constexpr std::size_t kRoutesMax = 128;

struct alignas(64) Counters {
    // By route (the last one: no route) and status class 1..5.
    std::array<std::array<Counter, 6>, kRoutesMax> requests;
    std::array<Counter, kRejects> rejected;
    std::array<Counter, kClosedKinds> closed;
    Counter accepted;
    Counter open;
    Counter events;
    Counter events_dropped;
    Counter sent_bytes;
    Counter tls_handshakes;
    Counter tls_failed;
    Counter tls_plain;  // plain HTTP where TLS is spoken

    void count_request(std::size_t route, int status);
    void count_closed(Closed why) { closed[static_cast<std::size_t>(why)].add(); }
};

inline constexpr std::size_t kNoRoute = kRoutesMax - 1;

std::vector<MetricFamily> collect(std::span<const Counters* const> workers);

}  // namespace candor::web
