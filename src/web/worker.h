// One server thread: its epoll set, its listeners, its connections, its clock.
//
// Everything inside belongs to that thread; other threads speak to it through its Mailbox. Edge
// triggered, so that a request costs one wait (shared by all that are ready), one receive, one
// send.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "web/connection.h"
#include "web/mailbox.h"
#include "web/shared.h"

namespace candor::web {

// An open listening socket; the worker closes it.
struct ListeningSocket {
    int fd = -1;
    ListenerSet listeners = 0;
    bool per_network_cap = false;
    TlsContextPtr tls = {};  // of new connections; null where plain HTTP is spoken
};

class Worker final {
   public:
    Worker(Shared& shared, std::vector<ListeningSocket> sockets);
    ~Worker();  // stops and joins
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // False when the system refused an epoll set or an event descriptor.
    bool is_usable() const { return epoll_ >= 0 && mailbox_->fd() >= 0; }
    void start();
    void stop();

    void post(Message message) { mailbox_->post(std::move(message)); }
    const Counters& counters() const { return counters_; }
    // While draining: connections with something in flight. Any thread.
    bool is_drained() const { return drained_.load(std::memory_order_acquire); }

   private:
    void run();
    void handle_event(std::uint64_t key, std::uint32_t events);
    void accept_from(const ListeningSocket& socket);
    bool make_room();
    void add(int fd, const ListeningSocket& socket, Peer peer);
    void renew_certificate(const NewCertificate& renewed);
    bool enter_network(Connection& connection, Network network);
    void give_way(const Ticket& ticket);
    void read_mailbox();
    void begin_drain();
    void finish_drain();
    void end_revoked_streams();
    void fan_out();
    void take_turns();
    void touch(Connection& connection, bool alive);
    void close(Connection& connection);
    void update_clock();
    Connection* find(std::uint32_t slot, std::uint32_t generation);

    Shared& shared_;
    std::vector<ListeningSocket> sockets_;
    int epoll_;
    std::shared_ptr<Mailbox> mailbox_;
    Counters counters_;
    Dispatcher dispatcher_;
    TimerWheel wheel_;
    IdleList idle_;
    EventsList events_;
    std::vector<char> buffer_;
    Output out_;
    TlsBench tls_;
    TrustedProxiesPtr proxies_;
    std::string date_;
    std::int64_t date_second_ = 0;
    Bench bench_;

    std::vector<std::unique_ptr<Connection>> slots_;
    std::vector<std::uint32_t> free_slots_;
    std::uint32_t next_generation_ = 1;
    std::vector<Ticket> again_;  // connections that want another turn
    bool fanning_out_ = false;
    Connection* fan_next_ = nullptr;
    bool stopping_ = false;
    std::atomic<bool> drained_{false};
    std::thread thread_;
};

}  // namespace candor::web
