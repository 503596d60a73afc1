// What is done once the page is quiet: compress it as small as it gets, keep it for the next start.
//
// On a thread of its own at the lowest priority, because both can take seconds on a big page and a
// flip must never wait for them. Runs once; owned by the publisher's thread.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "base/time.h"
#include "page/site.h"

namespace candor::app {

class QuietPass final {
   public:
    // `over` is called from the pass's thread when the result is there. An empty `save_to` saves
    // nothing.
    QuietPass(page::SitePtr site, std::string save_to, std::function<void()> over,
              std::function<void(const std::string&)> log);
    // Gives up after the resource at hand.
    ~QuietPass();
    QuietPass(const QuietPass&) = delete;
    QuietPass& operator=(const QuietPass&) = delete;

    void cancel() { cancelled_ = true; }

    // After `over`: the same pages in their smallest form, or null when it was cancelled before.
    const page::SitePtr& result() const { return result_; }
    // Of the compression.
    Duration cost() const { return cost_; }

   private:
    void run(const page::SitePtr& site, const std::string& save_to,
             const std::function<void(const std::string&)>& log);

    std::atomic<bool> cancelled_ = false;
    page::SitePtr result_;
    Duration cost_;
    std::thread thread_;
};

}  // namespace candor::app
