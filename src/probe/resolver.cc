#define CARES_NO_DEPRECATED  // newer releases rename calls that Debian 12's does not have yet
#include "probe/resolver.h"

#include <ares.h>
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netinet/in.h>
#include <sys/stat.h>

#include <cstring>
#include <utility>

#include "probe/resolver_channel.h"

namespace candor::probe {
namespace {

constexpr SteadyMicros kResolvConfEveryUs = 10'000'000;
// Distinct `server` values of DNS checks kept open at once.
constexpr std::size_t kChannelsMax = 256;

// What c-ares calls back with; lives until then, even when nobody wants the answer any more.
template <class Answer>
struct Pending {
    std::weak_ptr<std::function<void(Answer)>> on_answer;
    Channel* channel;
};

FailureKind kind_of(int status) {
    switch (status) {
        case ARES_ENOTFOUND:
        case ARES_ENODATA:
        case ARES_ENONAME:
        case ARES_EBADNAME: return FailureKind::kNameNotFound;
        case ARES_EBADRESP: return FailureKind::kProtocol;
        case ARES_ENOMEM: return FailureKind::kCouldNotRun;
        default: return FailureKind::kNameServerFailed;
    }
}

Trouble name_trouble(int status) {
    return trouble(kind_of(status), std::string("looking up the name: ") + ares_strerror(status));
}

// Hands the answer over in a later step of the loop, unless the question was dropped meanwhile.
template <class Answer>
void deliver(Pending<Answer>* raw, Answer answer) {
    const std::unique_ptr<Pending<Answer>> pending(raw);
    --pending->channel->open_questions;
    pending->channel->loop().defer(
        [on_answer = pending->on_answer, answer = std::move(answer)]() mutable {
            if (const auto wanted = on_answer.lock()) (*wanted)(std::move(answer));
        });
}

void on_addresses(void* arg, int status, int /*timeouts*/, ares_addrinfo* found) {
    AddressAnswer answer;
    for (const ares_addrinfo_node* node = found != nullptr ? found->nodes : nullptr;
         node != nullptr && answer.addresses.size() < kAddressesMax; node = node->ai_next) {
        SocketAddress address;
        if (node->ai_addrlen > sizeof address.storage) continue;
        std::memcpy(&address.storage, node->ai_addr, node->ai_addrlen);
        address.length = static_cast<socklen_t>(node->ai_addrlen);
        answer.addresses.push_back(address);
    }
    if (found != nullptr) ares_freeaddrinfo(found);
    if (answer.addresses.empty()) {
        answer.why = name_trouble(status == ARES_SUCCESS ? ARES_ENODATA : status);
    }
    deliver(static_cast<Pending<AddressAnswer>*>(arg), std::move(answer));
}

void on_records(void* arg, int status, int /*timeouts*/, unsigned char* bytes, int length) {
    RecordAnswer answer;
    if (status == ARES_SUCCESS) {
        answer.bytes.assign(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
    } else {
        answer.why = name_trouble(status);
    }
    deliver(static_cast<Pending<RecordAnswer>*>(arg), std::move(answer));
}

std::int64_t resolv_conf_changed_ns() {
    struct stat info{};
    if (::stat("/etc/resolv.conf", &info) != 0) return 0;
    return static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec;
}

}  // namespace

std::string SocketAddress::text() const {
    char buffer[INET6_ADDRSTRLEN] = {};
    const void* bytes =
        family() == AF_INET
            ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(&storage)->sin_addr)
            : &reinterpret_cast<const sockaddr_in6*>(&storage)->sin6_addr;
    return ::inet_ntop(family(), bytes, buffer, sizeof buffer) != nullptr ? buffer : "?";
}

IpAddress SocketAddress::ip() const {
    return IpAddress::of(*raw());
}

void SocketAddress::set_port(std::uint16_t port) {
    if (family() == AF_INET) {
        reinterpret_cast<sockaddr_in*>(&storage)->sin_port = htons(port);
    } else {
        reinterpret_cast<sockaddr_in6*>(&storage)->sin6_port = htons(port);
    }
}

std::optional<SocketAddress> numeric_address(const std::string& host, std::uint16_t port) {
    SocketAddress address;
    auto* v4 = reinterpret_cast<sockaddr_in*>(&address.storage);
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
    const bool in_brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
    const std::string bare = in_brackets ? host.substr(1, host.size() - 2) : host;
    if (!in_brackets && ::inet_pton(AF_INET, bare.c_str(), &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        address.length = sizeof *v4;
    } else if (::inet_pton(AF_INET6, bare.c_str(), &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        address.length = sizeof *v6;
    } else {
        return std::nullopt;
    }
    address.set_port(port);
    return address;
}

Result<std::unique_ptr<Resolver>> Resolver::create(EventLoop& loop) {
    std::unique_ptr<Resolver> resolver(new Resolver(loop));
    resolver->system_changed_ns_ = resolv_conf_changed_ns();
    resolver->system_checked_us_ = steady_now_us();
    TRY(resolver->channel_for(""));
    return resolver;
}

Resolver::Resolver(EventLoop& loop) : loop_(loop) {}

Resolver::~Resolver() = default;

void Resolver::retire_system_channel_if_stale() {
    std::erase_if(retired_, [](const auto& channel) { return channel->open_questions == 0; });
    const SteadyMicros now = steady_now_us();
    if (now - system_checked_us_ < kResolvConfEveryUs) return;
    system_checked_us_ = now;
    const std::int64_t changed_ns = resolv_conf_changed_ns();
    if (changed_ns == system_changed_ns_) return;
    system_changed_ns_ = changed_ns;
    if (auto node = channels_.extract("")) retired_.push_back(std::move(node.mapped()));
}

Result<Channel*> Resolver::channel_for(const std::string& server) {
    retire_system_channel_if_stale();
    const auto known = channels_.find(server);
    if (known != channels_.end()) return known->second.get();
    if (channels_.size() >= kChannelsMax) {
        std::erase_if(channels_,
                      [](const auto& entry) { return entry.second->open_questions == 0; });
    }
    auto channel = TRY(Channel::open(loop_, server));
    return channels_.emplace(server, std::move(channel)).first->second.get();
}

Question Resolver::addresses(const std::string& host, std::uint16_t port,
                             std::function<void(AddressAnswer)> on_answer) {
    auto wanted = std::make_shared<std::function<void(AddressAnswer)>>(std::move(on_answer));
    const Result<Channel*> channel = channel_for("");
    if (!channel) {
        loop_.defer([weak = std::weak_ptr(wanted), message = channel.error().message] {
            const auto still = weak.lock();
            if (still) (*still)({{}, trouble(FailureKind::kCouldNotRun, message)});
        });
        return wanted;
    }
    ares_addrinfo_hints hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = ARES_AI_NUMERICSERV;
    ++(*channel)->open_questions;
    // Port 0 is no service to c-ares: then the name is asked alone.
    const std::string service = std::to_string(port);
    ares_getaddrinfo((*channel)->handle(), host.c_str(), port == 0 ? nullptr : service.c_str(),
                     &hints, &on_addresses, new Pending<AddressAnswer>{wanted, *channel});
    (*channel)->rearm();
    return wanted;
}

Question Resolver::records(const std::string& name, int type, const std::string& server,
                           std::function<void(RecordAnswer)> on_answer) {
    auto wanted = std::make_shared<std::function<void(RecordAnswer)>>(std::move(on_answer));
    const Result<Channel*> channel = channel_for(server);
    if (!channel) {
        loop_.defer([weak = std::weak_ptr(wanted), message = channel.error().message] {
            const auto still = weak.lock();
            if (still) (*still)({{}, trouble(FailureKind::kCouldNotRun, message)});
        });
        return wanted;
    }
    ++(*channel)->open_questions;
    ares_query((*channel)->handle(), name.c_str(), ns_c_in, type, &on_records,
               new Pending<RecordAnswer>{wanted, *channel});
    (*channel)->rearm();
    return wanted;
}

}  // namespace candor::probe
