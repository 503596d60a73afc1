// One run of an operator's command with its input on standard input; never a shell.
//
// Its output is thrown away: the exit status is the answer. The whole process group is killed when
// this object goes. One thread; belongs to sender_thread.cc.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

#include "ports/sender.h"

namespace candor::notify {

class CommandRun final {
   public:
    CommandRun(Outgoing outgoing, std::function<void(SendResult)> done);
    ~CommandRun();
    CommandRun(const CommandRun&) = delete;
    CommandRun& operator=(const CommandRun&) = delete;

    // `now_ms` is steady. False when it could not be started; then it is finished.
    bool start(std::int64_t now_ms);
    int pidfd() const { return pidfd_; }  // readable when the command has ended
    std::int64_t deadline_ms() const { return deadline_ms_; }
    // True when it has ended or its time is up; then it is finished.
    bool finish_if_over(std::int64_t now_ms);
    void finish(SendOutcome outcome, std::string detail);

   private:
    int input_file() const;

    Outgoing outgoing_;
    std::function<void(SendResult)> done_;
    pid_t pid_ = -1;
    int pidfd_ = -1;
    std::int64_t deadline_ms_ = 0;
};

}  // namespace candor::notify
