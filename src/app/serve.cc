#include "app/serve.h"

#include "app/config_load.h"
#include "app/log.h"

namespace candor::app {

int run_serve(const ServeOptions& options) {
    const LoadedConfig config = load_config(options.config);
    if (!config) {
        log_error("configuration refused", {{"file", options.config}});
        return 1;
    }
    log_error("serving is not wired yet");
    return 1;
}

}  // namespace candor::app
