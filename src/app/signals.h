// SIGTERM, SIGINT and SIGHUP as a readable descriptor instead of handlers.
//
// Construct before any thread starts: the signals are blocked in the calling thread and inherited
// as blocked by the threads it starts. SIGPIPE is ignored from then on. They stay blocked for the
// life of the process, so that none is lost between two objects.
#pragma once

#include <optional>

#include "app/descriptor.h"
#include "base/result.h"

namespace candor::app {

enum class ControlSignal { kStop, kReload };

class Signals final {
   public:
    static Result<Signals> open();

    int fd() const { return fd_.get(); }  // readable when a signal waits
    // The next waiting signal; does not block.
    std::optional<ControlSignal> next();

   private:
    explicit Signals(Descriptor fd) : fd_(std::move(fd)) {}

    Descriptor fd_;
};

}  // namespace candor::app
