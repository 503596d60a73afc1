// The command check: runs argv, never a shell; exit code 0 passes.
//
// The end of what it printed becomes the detail. At the deadline its whole process group is killed.
#pragma once

#include "probe/child_process.h"
#include "probe/probe_context.h"

namespace candor::probe {

// PATH, HOME and LANG of this process, with plain defaults; nothing else is handed down.
std::vector<std::string> command_environment();

class CommandProbe final {
   public:
    CommandProbe(ProbeContext& context, const CommandTarget& target, ProbeRun run);
    ~CommandProbe();
    CommandProbe(const CommandProbe&) = delete;
    CommandProbe& operator=(const CommandProbe&) = delete;

    void start();
    void on_deadline();

   private:
    void on_output();
    void on_ended();
    void finish(std::optional<Trouble> why);
    void stop_watching();

    ProbeContext& context_;
    const CommandTarget& target_;
    ProbeRun run_;
    ChildProcess child_;
    std::string tail_;  // the end of the output, bounded
};

}  // namespace candor::probe
