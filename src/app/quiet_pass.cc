#include "app/quiet_pass.h"

#include <chrono>

#include "app/process_memory.h"
#include "app/thread_priority.h"
#include "page/compress.h"
#include "page/site_file.h"

namespace candor::app {

QuietPass::QuietPass(page::SitePtr site, std::string save_to, std::function<void()> over,
                     std::function<void(const std::string&)> log)
    : thread_([this, site = std::move(site), save_to = std::move(save_to), over = std::move(over),
               log = std::move(log)] {
          run(site, save_to, log);
          over();
      }) {}

QuietPass::~QuietPass() {
    cancel();
    thread_.join();
}

void QuietPass::run(const page::SitePtr& site, const std::string& save_to,
                    const std::function<void(const std::string&)>& log) {
    set_lowest_priority();
    give_back_memory();  // what rendering left behind
    const auto begin = std::chrono::steady_clock::now();
    result_ = page::smallest(*site, cancelled_);
    cost_ = milliseconds(std::chrono::duration_cast<std::chrono::milliseconds>(
                             std::chrono::steady_clock::now() - begin)
                             .count());
    give_back_memory();  // the encoder's tables are the largest thing we ever allocate
    if (result_ == nullptr || save_to.empty()) return;
    if (const auto saved = page::save_site(*result_, save_to); !saved) {
        log("the last page was not saved: " + saved.error().message);
    }
}

}  // namespace candor::app
