#include "app/reload_limits.h"

#include <string>

#include "app/certificates.h"

namespace candor::app {
namespace {

Result<void> can_change(const NetworkSettings& running, const NetworkSettings& wanted) {
    for (const web::Listener listener : kListeners) {
        const auto& files = files_of(wanted.tls, listener);
        const auto& before = files_of(running.tls, listener);
        if (files.has_value() != before.has_value()) {
            return fail(ErrorCode::kUnsupported,
                        "`tls` changed for `listen." + std::string(name_of(listener)) +
                            "`: restart to begin or end speaking TLS there");
        }
        // Other files are a change of the configuration: all of it, or none.
        if (files && files != before) TRY(load_certificate(*files));
    }
    if (wanted.probes != running.probes || wanted.webhooks != running.webhooks) {
        return fail(ErrorCode::kUnsupported, "`reach` changed: restart to apply it");
    }
    return {};
}

}  // namespace

Result<void> can_reload(const Config& running, const Config& wanted) {
    if (wanted.listen.public_pages != running.listen.public_pages ||
        wanted.listen.intake != running.listen.intake ||
        wanted.listen.console != running.listen.console) {
        return fail(ErrorCode::kUnsupported,
                    "`listen` changed: restart to move to other addresses");
    }
    if (wanted.storage.folder != running.storage.folder) {
        return fail(ErrorCode::kUnsupported,
                    "`storage.url` changed: restart to use another folder");
    }
    return can_change(running.network, wanted.network);
}

}  // namespace candor::app
