// The entry point of `candor serve`: the running server.
//
// Wiring only: every rule lives in the layers below. Blocks until the server was asked to stop
// and has drained.
#pragma once

#include <string>

namespace candor::app {

struct ServeOptions {
    std::string config = "candor.yaml";
    std::string version;
};

// Runs until SIGTERM or SIGINT; returns the process's exit code: 0 after a clean stop, 1 when the
// configuration is bad or something essential failed.
int run_serve(const ServeOptions& options);

}  // namespace candor::app
