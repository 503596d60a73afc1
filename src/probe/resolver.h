// Names to addresses and raw DNS answers, through c-ares on the prober's loop.
//
// Asks anew each time: a cached answer would hide a name server that has died. Reads /etc/hosts and
// the system's resolvers as configured, and notices when /etc/resolv.conf changes.
// One thread: the loop's. Answers arrive in a later turn of the loop, never inside the call.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/ip_address.h"
#include "base/result.h"
#include "probe/event_loop.h"
#include "probe/trouble.h"

namespace candor::probe {

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t length = 0;

    const sockaddr* raw() const { return reinterpret_cast<const sockaddr*>(&storage); }
    int family() const { return storage.ss_family; }
    std::string text() const;  // without port: "192.0.2.1", "2001:db8::1"
    IpAddress ip() const;
    void set_port(std::uint16_t port);
};

// The address when `host` is a numeric IPv4 or IPv6 address, "[…]" allowed around the latter.
std::optional<SocketAddress> numeric_address(const std::string& host, std::uint16_t port);

inline constexpr std::size_t kAddressesMax = 8;  // of one name; the rest is not tried

struct AddressAnswer {
    std::vector<SocketAddress> addresses;  // at least one unless `why` is set
    std::optional<Trouble> why;
};

struct RecordAnswer {
    std::string bytes;  // the whole DNS message, at most 64 KiB; unless `why` is set
    std::optional<Trouble> why;
};

// Keeps a question alive; destroying it means that its answer is not wanted any more.
using Question = std::shared_ptr<void>;

class Channel;  // one c-ares channel

class Resolver final {
   public:
    static Result<std::unique_ptr<Resolver>> create(EventLoop& loop);
    ~Resolver();

    // `port` 0: the addresses alone, as for pings.
    [[nodiscard]] Question addresses(const std::string& host, std::uint16_t port,
                                     std::function<void(AddressAnswer)> on_answer);

    // One question of `type` (a DNS RR type number) to `server` ("192.0.2.1:53", "[::1]:53"), or to
    // the system's resolvers when it is empty. No search domains.
    [[nodiscard]] Question records(const std::string& name, int type, const std::string& server,
                                   std::function<void(RecordAnswer)> on_answer);

   private:
    explicit Resolver(EventLoop& loop);
    Result<Channel*> channel_for(const std::string& server);
    void retire_system_channel_if_stale();

    EventLoop& loop_;
    std::map<std::string, std::unique_ptr<Channel>> channels_;  // by server; "" is the system's
    std::vector<std::unique_ptr<Channel>> retired_;             // until their last answer
    SteadyMicros system_checked_us_ = 0;
    std::int64_t system_changed_ns_ = 0;
};

}  // namespace candor::probe
