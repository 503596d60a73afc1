#include "web/worker.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/check.h"
#include "base/reach.h"
#include "base/time.h"

namespace candor::web {
namespace {

constexpr int kEventsPerWait = 512;
constexpr int kAcceptsPerTurn = 64;
// Event frames sent before other connections get their turn.
constexpr int kFramesPerTurn = 256;
constexpr std::uint32_t kMailboxSlot = 0xffffffff;
constexpr std::uint32_t kListenerGeneration = 0xffffffff;

std::uint64_t key_of(std::uint32_t slot, std::uint32_t generation) {
    return (std::uint64_t{generation} << 32) | slot;
}

std::int64_t monotonic_ms() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

bool watch(int epoll, int fd, std::uint32_t events, std::uint64_t key) {
    epoll_event event{};
    event.events = events;
    event.data.u64 = key;
    return ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

IpAddress address_of(const sockaddr_storage& address) {
    if (address.ss_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
        return IpAddress::from_v4(ntohl(v4.sin_addr.s_addr));
    }
    IpAddress out;
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
    std::memcpy(out.bytes.data(), v6.sin6_addr.s6_addr, out.bytes.size());
    return out;
}

}  // namespace

Worker::Worker(Shared& shared, std::vector<ListeningSocket> sockets)
    : shared_(shared),
      sockets_(std::move(sockets)),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      mailbox_(std::make_shared<Mailbox>()),
      dispatcher_(shared, mailbox_, counters_),
      wheel_(monotonic_ms()),
      buffer_(kReadBytes),
      proxies_(std::make_shared<const TrustedProxies>(shared.options.trusted_proxies)),
      bench_{.shared = shared_,
             .counters = counters_,
             .dispatcher = dispatcher_,
             .wheel = wheel_,
             .idle = idle_,
             .events = events_,
             .buffer = buffer_.data(),
             .out = out_,
             .tls = tls_,
             .now_ms = monotonic_ms(),
             .date = {},
             .draining = false} {}

Worker::~Worker() {
    stop();
    for (const ListeningSocket& socket : sockets_) {
        if (socket.fd >= 0) ::close(socket.fd);
    }
    if (epoll_ >= 0) ::close(epoll_);
}

void Worker::start() {
    thread_ = std::thread([this] { run(); });
}

void Worker::stop() {
    if (!thread_.joinable()) return;
    mailbox_->post(Stop{});
    thread_.join();
}

void Worker::run() {
    CHECK(watch(epoll_, mailbox_->fd(), EPOLLIN, key_of(kMailboxSlot, kListenerGeneration)));
    for (std::size_t i = 0; i < sockets_.size(); ++i) {
        CHECK(watch(epoll_, sockets_[i].fd, EPOLLIN,
                    key_of(static_cast<std::uint32_t>(i), kListenerGeneration)));
    }
    std::array<epoll_event, kEventsPerWait> ready;
    while (!stopping_) {
        const bool busy = fanning_out_ || !again_.empty();
        const int timeout = busy ? 0 : wheel_.empty() ? -1 : static_cast<int>(kTimerTickMs);
        const int n = ::epoll_wait(epoll_, ready.data(), kEventsPerWait, timeout);
        update_clock();
        for (int i = 0; i < n; ++i) {
            const epoll_event& event = ready[static_cast<std::size_t>(i)];
            handle_event(event.data.u64, event.events);
        }
        take_turns();
        fan_out();
        wheel_.advance(bench_.now_ms, [this](TimerNode& node) {
            auto& connection = static_cast<Connection&>(node);
            touch(connection, connection.on_expired(bench_));
        });
        if (bench_.draining) finish_drain();
    }
    for (const auto& connection : slots_) {
        if (connection != nullptr) close(*connection);
    }
}

void Worker::update_clock() {
    bench_.now_ms = monotonic_ms();
    timespec wall{};
    ::clock_gettime(CLOCK_REALTIME_COARSE, &wall);
    if (wall.tv_sec == date_second_) return;
    date_second_ = wall.tv_sec;
    date_ = format_http_date(Timestamp{wall.tv_sec * 1000});
    bench_.date = date_;
}

void Worker::handle_event(std::uint64_t key, std::uint32_t events) {
    const auto slot = static_cast<std::uint32_t>(key);
    const auto generation = static_cast<std::uint32_t>(key >> 32);
    if (generation == kListenerGeneration) {
        if (slot == kMailboxSlot) {
            read_mailbox();
        } else if (!bench_.draining) {
            accept_from(sockets_[slot]);
        }
        return;
    }
    Connection* connection = find(slot, generation);
    if (connection == nullptr) return;
    bool alive = (events & EPOLLERR) == 0;
    if (alive && (events & EPOLLOUT) != 0) alive = connection->on_writable(bench_);
    if ((events & EPOLLRDHUP) != 0) connection->on_peer_finished();
    if (alive && (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP)) != 0) {
        alive = connection->on_readable(bench_);
    }
    touch(*connection, alive);
}

Connection* Worker::find(std::uint32_t slot, std::uint32_t generation) {
    if (slot >= slots_.size() || slots_[slot] == nullptr) return nullptr;
    return slots_[slot]->generation() == generation ? slots_[slot].get() : nullptr;
}

// After every step: closes what is over, remembers what wants to go on.
void Worker::touch(Connection& connection, bool alive) {
    if (!alive) {
        close(connection);
    } else if (connection.wants_turn()) {
        again_.push_back({.slot = connection.slot(), .generation = connection.generation()});
    }
}

void Worker::take_turns() {
    std::vector<Ticket> turns;
    turns.swap(again_);
    for (const Ticket& ticket : turns) {
        if (Connection* c = find(ticket.slot, ticket.generation)) touch(*c, c->on_readable(bench_));
    }
}

void Worker::close(Connection& connection) {
    if (fan_next_ == &connection) fan_next_ = events_.after(connection);
    connection.leave(bench_);
    ::close(connection.fd());
    shared_.connections.fetch_sub(1, std::memory_order_relaxed);
    counters_.open.subtract();
    const std::uint32_t slot = connection.slot();
    slots_[slot].reset();
    free_slots_.push_back(slot);
}

// --- accepting -------------------------------------------------------------------------------

void Worker::accept_from(const ListeningSocket& socket) {
    for (int i = 0; i < kAcceptsPerTurn; ++i) {
        sockaddr_storage address{};
        socklen_t size = sizeof address;
        const int fd = ::accept4(socket.fd, reinterpret_cast<sockaddr*>(&address), &size,
                                 SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) {
            // No descriptor left: make room, so that the next turn finds one.
            if (errno == EMFILE || errno == ENFILE) {
                if (Connection* oldest = idle_.front()) {
                    counters_.count_closed(Closed::kEvicted);
                    close(*oldest);
                }
            }
            return;
        }
        if (!make_room()) {
            ::close(fd);
            continue;
        }
        const IpAddress from = address_of(address);
        const bool proxy = is_trusted_proxy(*proxies_, from);
        add(fd, socket,
            {.listeners = socket.listeners,
             .loopback = kind_of(from) == AddressKind::kLoopback,
             .tls = socket.tls != nullptr,
             .proxy = proxy,
             .address = from,
             .network = network_of(from),
             .proxies = proxy ? proxies_ : nullptr});
    }
}

// For one connection more, within the cap of the whole server.
bool Worker::make_room() {
    if (shared_.connections.load(std::memory_order_relaxed) < shared_.options.limits.connections) {
        return true;
    }
    Connection* oldest = idle_.front();
    counters_.count_closed(oldest == nullptr ? Closed::kRefused : Closed::kEvicted);
    if (oldest == nullptr) return false;
    close(*oldest);
    return true;
}

// Within the share that its network has of the console; the longest idle one may be another
// worker's, which is told to let it go.
bool Worker::enter_network(Connection& connection, Network network) {
    NetworkCap::Holder self{
        .worker = mailbox_,
        .ticket = {.slot = connection.slot(), .generation = connection.generation(), .serial = 0}};
    const NetworkCap::Entrance entrance = shared_.console_networks.enter(network, self);
    if (entrance.evicted) entrance.evicted->worker->post(GiveWay{entrance.evicted->ticket});
    if (!entrance.entered) return false;
    connection.take_place({.network = network, .holder = std::move(self)});
    return true;
}

void Worker::give_way(const Ticket& ticket) {
    Connection* connection = find(ticket.slot, ticket.generation);
    if (connection == nullptr) return;
    counters_.count_closed(Closed::kEvicted);
    if (connection->is_busy()) {
        connection->close_after_answer();
    } else {
        close(*connection);
    }
}

void Worker::add(int fd, const ListeningSocket& socket, Peer peer) {
    std::uint32_t slot = static_cast<std::uint32_t>(slots_.size());
    if (free_slots_.empty()) {
        slots_.emplace_back();
    } else {
        slot = free_slots_.back();
        free_slots_.pop_back();
    }
    const std::uint32_t generation = next_generation_++;
    if (next_generation_ == kListenerGeneration) next_generation_ = 1;
    const Network network = peer.network;
    // A listed proxy speaks for many networks: none of them is to be counted as its own.
    const bool capped = socket.per_network_cap && !peer.proxy;
    auto tls = socket.tls == nullptr ? nullptr : std::make_unique<TlsStream>(socket.tls);
    slots_[slot] =
        std::make_unique<Connection>(fd, slot, generation, std::move(peer), std::move(tls));
    Connection& connection = *slots_[slot];
    shared_.connections.fetch_add(1, std::memory_order_relaxed);
    counters_.open.add();
    if (capped && !enter_network(connection, network)) {
        counters_.count_closed(Closed::kNetworkCap);
        close(connection);
        return;
    }
    counters_.accepted.add();
    connection.start(bench_);
    if (!watch(epoll_, fd, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, key_of(slot, generation))) {
        close(connection);
    }
}

// --- messages --------------------------------------------------------------------------------

void Worker::read_mailbox() {
    for (Message& message : mailbox_->take()) {
        if (auto* site = std::get_if<NewSite>(&message)) {
            dispatcher_.set_site(std::move(site->site));
            site->served();
        } else if (std::holds_alternative<AnnounceSite>(message)) {
            fanning_out_ = true;
            fan_next_ = events_.front();
        } else if (auto* pings = std::get_if<PingDirectoryPtr>(&message)) {
            dispatcher_.set_pings(std::move(*pings));
        } else if (auto* done = std::get_if<Completed>(&message)) {
            if (Connection* c = find(done->ticket.slot, done->ticket.generation)) {
                touch(*c, c->on_completed(bench_, done->ticket.serial, done->answer));
            }
        } else if (const auto* place = std::get_if<GiveWay>(&message)) {
            give_way(place->ticket);
        } else if (std::holds_alternative<AccessChanged>(message)) {
            end_revoked_streams();
        } else if (const auto* renewed = std::get_if<NewCertificate>(&message)) {
            renew_certificate(*renewed);
        } else if (auto* proxies = std::get_if<TrustedProxiesPtr>(&message)) {
            proxies_ = std::move(*proxies);
        } else if (std::holds_alternative<Drain>(message)) {
            begin_drain();
        } else {
            stopping_ = true;
        }
    }
}

// Connections that are open keep the certificate they were shown.
void Worker::renew_certificate(const NewCertificate& renewed) {
    for (ListeningSocket& socket : sockets_) {
        if ((socket.listeners & renewed.listeners) != 0) socket.tls = renewed.context;
    }
}

void Worker::end_revoked_streams() {
    for (Connection* connection = events_.front(); connection != nullptr;) {
        Connection& one = *connection;
        connection = events_.after(one);
        if (one.is_let_in(bench_)) continue;
        counters_.count_closed(Closed::kRevoked);
        close(one);
    }
}

void Worker::fan_out() {
    if (!fanning_out_) return;
    const ServedSitePtr site = dispatcher_.site();
    for (int i = 0; i < kFramesPerTurn; ++i) {
        Connection* connection = fan_next_;
        if (connection == nullptr) {
            fanning_out_ = false;
            return;
        }
        fan_next_ = events_.after(*connection);
        if (!connection->send_event(bench_, site->site->position, site->event)) close(*connection);
    }
}

void Worker::begin_drain() {
    if (bench_.draining) return;
    bench_.draining = true;
    for (ListeningSocket& socket : sockets_) {
        ::close(socket.fd);
        socket.fd = -1;
    }
}

// Closes what has nothing in flight; what remains says "Connection: close" with its answer.
void Worker::finish_drain() {
    bool busy = false;
    for (const auto& connection : slots_) {
        if (connection == nullptr) continue;
        if (connection->is_busy()) {
            busy = true;
        } else {
            close(*connection);
        }
    }
    drained_.store(!busy, std::memory_order_release);
}

}  // namespace candor::web
