#include "web/server.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "base/check.h"
#include "web/listen.h"
#include "web/worker.h"

namespace candor::web {
namespace {

// Descriptors for everything that is not a connection: stores, probes, listeners.
constexpr std::size_t kDescriptorsReserved = 1024;

// The connection cap that the process's descriptor limit allows; raises the soft limit first.
std::size_t affordable_connections(std::size_t wanted) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
    limit.rlim_cur = limit.rlim_max;
    [[maybe_unused]] const int raised = ::setrlimit(RLIMIT_NOFILE, &limit);
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
    const auto most = static_cast<std::size_t>(limit.rlim_cur);
    const std::size_t room =
        most > 2 * kDescriptorsReserved ? most - kDescriptorsReserved : most / 2;
    return std::min(wanted, room);
}

struct Group {
    Address address;
    ListenerSet listeners = 0;
    TlsContextPtr tls;
};

std::vector<Group> group_by_address(const ServerOptions& options) {
    std::vector<Group> groups;
    const auto add = [&](const Address& address, ListenerSet listener, const TlsContextPtr& tls) {
        for (Group& group : groups) {
            if (group.address == address) {
                group.listeners |= listener;
                return;
            }
        }
        groups.push_back({address, listener, tls});
    };
    add(options.public_pages, kPublicListener, options.tls.public_pages);
    add(options.intake, kIntakeListener, options.tls.intake);
    add(options.console, kConsoleListener, options.tls.console);
    return groups;
}

class SocketSet final {
   public:
    explicit SocketSet(std::size_t threads) : per_thread(threads) {}
    ~SocketSet() {
        for (const auto& sockets : per_thread) {
            for (const ListeningSocket& socket : sockets) ::close(socket.fd);
        }
    }
    SocketSet(const SocketSet&) = delete;
    SocketSet& operator=(const SocketSet&) = delete;

    std::vector<std::vector<ListeningSocket>> per_thread;
};

// Opens one socket per thread for the group and returns the port.
Result<std::uint16_t> open_group(const Group& group, SocketSet& sockets) {
    Endpoint end = TRY(resolve(group.address));
    TRY(can_listen(group.address));
    const bool shared = (group.listeners & (group.listeners - 1)) != 0;
    if (shared && !end.loopback) {
        return fail(ErrorCode::kInvalid,
                    "listen: " + print(group.address) +
                        " serves several listeners; that is allowed on loopback only: give "
                        "public, intake and console addresses of their own");
    }
    Address address = group.address;
    for (auto& list : sockets.per_thread) {
        const int fd = TRY(open_listener(address, end));
        list.push_back({.fd = fd,
                        .listeners = group.listeners,
                        .per_network_cap = group.listeners == kConsoleListener,
                        .tls = group.tls});
        if (address.port == 0) {
            address.port = bound_port(fd);
            end = TRY(resolve(address));
        }
    }
    return address.port;
}

ListenerSet bit_of(Listener listener) {
    return static_cast<ListenerSet>(1U << static_cast<unsigned>(listener));
}

}  // namespace

struct Server::Parts {
    explicit Parts(ServerOptions options, Operator& commands, PageSource& pages,
                   MetricsSource metrics)
        : shared(std::move(options), commands, pages, std::move(metrics)) {}

    Shared shared;
    std::vector<std::pair<ListenerSet, std::uint16_t>> ports;
    std::mutex publish_mutex;
    ServedSitePtr published;
    ServedSitePtr retired;  // the one before
    std::vector<std::unique_ptr<Worker>> workers;
};

Result<std::unique_ptr<Server>> start_server(ServerOptions options, Operator& commands,
                                             PageSource& pages, MetricsSource metrics) {
    const auto threads = static_cast<std::size_t>(
        options.threads > 0 ? options.threads
                            : std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
    options.limits.connections = affordable_connections(options.limits.connections);
    SocketSet sockets(threads);
    auto parts =
        std::make_unique<Server::Parts>(std::move(options), commands, pages, std::move(metrics));
    for (const Group& group : group_by_address(parts->shared.options)) {
        const std::uint16_t port = TRY(open_group(group, sockets));
        parts->ports.emplace_back(group.listeners, port);
    }
    for (auto& list : sockets.per_thread) {
        auto worker = std::make_unique<Worker>(parts->shared, std::exchange(list, {}));
        if (!worker->is_usable()) {
            return fail(ErrorCode::kIo,
                        "cannot start a server thread: no descriptor left; raise "
                        "the limit of open files (ulimit -n)");
        }
        parts->shared.counters.push_back(&worker->counters());
        parts->workers.push_back(std::move(worker));
    }
    for (const auto& worker : parts->workers) worker->start();
    if (access::Gatekeeper* keeper = parts->shared.options.gatekeeper) {
        keeper->on_change([all = parts.get()] {
            for (const auto& worker : all->workers) worker->post(AccessChanged{});
        });
    }
    return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Server::~Server() {
    if (parts_->shared.options.gatekeeper != nullptr)
        parts_->shared.options.gatekeeper->on_change({});
    drain(seconds(1));
    // All of them first: one that still runs may post to the others.
    for (const auto& worker : parts_->workers) worker->stop();
    parts_->workers.clear();
}

void Server::publish(page::SitePtr site) {
    const std::lock_guard lock(parts_->publish_mutex);
    ServedSitePtr before = parts_->published;
    parts_->published = build_served_site(std::move(site), before.get());
    const auto missing = std::make_shared<std::atomic<std::size_t>>(parts_->workers.size());
    const auto served = [parts = parts_.get(), missing] {
        if (--*missing > 0) return;
        for (const auto& worker : parts->workers) worker->post(AnnounceSite{});
    };
    for (const auto& worker : parts_->workers) worker->post(NewSite{parts_->published, served});
    // Freeing a big site takes milliseconds: the one before the last goes here, never on a worker.
    parts_->retired = std::move(before);
}

void Server::set_pings(intake::PingDirectory directory) {
    const auto shared = std::make_shared<const intake::PingDirectory>(std::move(directory));
    for (const auto& worker : parts_->workers) worker->post(shared);
}

void Server::set_certificate(Listener listener, TlsContextPtr context) {
    for (const auto& worker : parts_->workers) {
        worker->post(NewCertificate{bit_of(listener), context});
    }
}

void Server::set_trusted_proxies(TrustedProxies proxies) {
    const auto shared = std::make_shared<const TrustedProxies>(std::move(proxies));
    for (const auto& worker : parts_->workers) worker->post(shared);
}

void Server::set_note(std::string note) {
    parts_->shared.readiness.set_note(std::move(note));
}

void Server::set_ready(std::string reason_not_ready) {
    parts_->shared.readiness.set(std::move(reason_not_ready));
}

bool Server::drain(Duration within) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::milliseconds(within.ms);
    const auto drained = [&] {
        return std::ranges::all_of(parts_->workers,
                                   [](const auto& worker) { return worker->is_drained(); });
    };
    for (const auto& worker : parts_->workers) worker->post(Drain{});
    while (!drained() && Clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return drained();
}

std::uint16_t Server::port(Listener listener) const {
    for (const auto& [listeners, port] : parts_->ports) {
        if ((listeners & bit_of(listener)) != 0) return port;
    }
    return 0;
}

}  // namespace candor::web
