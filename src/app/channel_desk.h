// Where operators see how the channels fare, and switch one on again: /api/v1/channels.
//
// The channels are configuration; how they fare is the notifier's, and to switch one on is a
// command of the engine's, so that the journal keeps who did it. Safe from any thread; never
// blocks.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "app/notifier.h"
#include "notify/channel.h"
#include "ports/operator.h"
#include "ports/page_source.h"

namespace candor::app {

class ChannelDesk final : public PageSource {
   public:
    explicit ChannelDesk(Operator& commands) : commands_(commands) {}

    // Before this, and after close(), everything is answered 503.
    void open(Notifier& notifier);
    // Once this returns, the notifier is not asked any more.
    void close();
    void set(const std::vector<notify::Channel>& channels);

    void render(PageQuery query, PageDone done) override;

   private:
    struct Known {
        std::string id;
        std::string kind;
    };

    PageAnswer list(const std::vector<LaneTrouble>& troubles) const;
    void switch_on(const PageQuery& query, const std::string& id,
                   const std::vector<LaneTrouble>& troubles, PageDone done);

    Operator& commands_;
    mutable std::mutex mutex_;
    Notifier* notifier_ = nullptr;  // guarded by mutex_
    std::shared_ptr<const std::vector<Known>> channels_ =
        std::make_shared<const std::vector<Known>>();  // guarded by mutex_
};

}  // namespace candor::app
