// Channel: one c-ares channel with its sockets and timer on the prober's loop.
//
// Private to the resolver. A server that fell silent costs its own questions only.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "probe/event_loop.h"

struct ares_channeldata;

namespace candor::probe {

class Channel final {
   public:
    // `server` as in Resolver::records.
    static Result<std::unique_ptr<Channel>> open(EventLoop& loop, const std::string& server);
    ~Channel();
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    ares_channeldata* handle() const { return handle_; }
    EventLoop& loop() const { return loop_; }
    // Call after each question and each processed event: c-ares' next time-out may have moved.
    void rearm();

    int open_questions = 0;

   private:
    explicit Channel(EventLoop& loop) : loop_(loop) {}
    static void on_socket_state(void* self, int fd, int readable, int writable);
    void process(int fd, std::uint32_t epoll_events);

    EventLoop& loop_;
    ares_channeldata* handle_ = nullptr;
    EventLoop::TimerId timer_{};
};

}  // namespace candor::probe
