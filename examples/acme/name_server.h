// Answers DNS questions for api.acme.example over UDP on loopback, and refuses them when broken.
//
// The answer is a pure function of the question's bytes, so it is tested without a socket. Knows
// one name and one type; everything else does not exist. RFC 1035, section 4.1.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>

#include "acme/faults.h"

namespace acme {

inline constexpr std::string_view kApiName = "api.acme.example";
inline constexpr std::string_view kApiAddress = "192.0.2.7";
inline constexpr std::size_t kDatagramBytesMax = 512;

// "" for bytes that are no question: nothing is sent back.
std::string answer_question(std::string_view question, bool broken);

class NameServer {
   public:
    explicit NameServer(const Faults& faults) : faults_(faults) {}
    ~NameServer();

    // `port` 0 lets the system choose. "" or the reason why not.
    std::string open(std::uint16_t port);
    std::uint16_t port() const { return port_; }

   private:
    void serve(std::stop_token stop);

    const Faults& faults_;
    std::uint16_t port_ = 0;
    int socket_ = -1;
    std::jthread thread_;
};

}  // namespace acme
