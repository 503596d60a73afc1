// ChildProcess: a command in its own process group, with its output on a pipe and its end on a
// pidfd.
//
// Never a shell. Whatever happens, the whole group is killed when this object goes: a command does
// not leave children behind. (A child that makes a session of its own leaves the group; that is the
// command's choice.) One thread.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "probe/event_loop.h"
#include "probe/trouble.h"
#include "probe/unique_fd.h"

namespace candor::probe {

// Waits for killed children that have not ended yet. Destroy it before the loop.
class ChildReaper final {
   public:
    explicit ChildReaper(EventLoop& loop) : loop_(loop) {}
    ~ChildReaper();
    ChildReaper(const ChildReaper&) = delete;
    ChildReaper& operator=(const ChildReaper&) = delete;

    void adopt(UniqueFd pidfd);

   private:
    EventLoop& loop_;
    std::vector<UniqueFd> pidfds_;
};

struct ChildEnd {
    bool known = false;  // false when something else in the process collected it
    bool by_signal = false;
    int code = 0;  // exit code or signal
};

class ChildProcess final {
   public:
    explicit ChildProcess(ChildReaper& reaper) : reaper_(reaper) {}
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    // argv[0] is a path or a name on PATH; standard input is /dev/null; no other descriptor is
    // open.
    std::optional<Trouble> spawn(const std::vector<std::string>& argv,
                                 const std::vector<std::string>& environment);

    int pidfd() const { return pidfd_.get(); }       // readable when the command has ended
    int output_fd() const { return output_.get(); }  // standard output and error, non-blocking

    // After pidfd() became readable: kills what is left of the group and collects the end.
    ChildEnd collect();

   private:
    void kill_group();

    ChildReaper& reaper_;
    pid_t pid_ = -1;
    UniqueFd pidfd_;
    UniqueFd output_;
};

}  // namespace candor::probe
