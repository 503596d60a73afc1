#include "app/channel_desk.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "app/console_reply.h"
#include "app/delivery_answers.h"
#include "app/page_answers.h"
#include "notify/route.h"
#include "page/json_writer.h"

namespace candor::app {
namespace {

constexpr std::string_view kList = "/api/v1/channels";
constexpr std::string_view kSwitchOn = "/switch_on";

// Of "/api/v1/channels/ops/switch_on" the id.
std::string id_in(std::string_view path) {
    path.remove_prefix(std::min(path.size(), kList.size() + 1));
    if (path.ends_with(kSwitchOn)) path.remove_suffix(kSwitchOn.size());
    return std::string(path);
}

const LaneTrouble* trouble_of(const std::vector<LaneTrouble>& troubles, const std::string& id) {
    const auto found = std::ranges::find(troubles, notify::lane_of_channel(id), &LaneTrouble::lane);
    return found == troubles.end() ? nullptr : &*found;
}

bool is_off(const LaneTrouble* trouble) {
    return trouble != nullptr && trouble->switched_off.ms != 0;
}

}  // namespace

void ChannelDesk::open(Notifier& notifier) {
    const std::lock_guard lock(mutex_);
    notifier_ = &notifier;
}

void ChannelDesk::close() {
    const std::lock_guard lock(mutex_);
    notifier_ = nullptr;
}

void ChannelDesk::set(const std::vector<notify::Channel>& channels) {
    auto known = std::make_shared<std::vector<Known>>();
    for (const notify::Channel& channel : channels) {
        known->push_back({channel.id, std::string(notify::kind_of(channel.target))});
    }
    const std::lock_guard lock(mutex_);
    channels_ = std::move(known);
}

void ChannelDesk::render(PageQuery query, PageDone done) {
    std::vector<LaneTrouble> troubles;
    {
        const std::lock_guard lock(mutex_);
        if (notifier_ == nullptr) return done(busy_answer());
        troubles = notifier_->stats().troubles;
    }
    if (query.path == kList) return done(list(troubles));
    switch_on(query, id_in(query.path), troubles, std::move(done));
}

PageAnswer ChannelDesk::list(const std::vector<LaneTrouble>& troubles) const {
    std::shared_ptr<const std::vector<Known>> channels;
    {
        const std::lock_guard lock(mutex_);
        channels = channels_;
    }
    page::JsonWriter w;
    w.begin_object().key("items").begin_array();
    for (const Known& channel : *channels) {
        const LaneTrouble* trouble = trouble_of(troubles, channel.id);
        w.begin_object().member("id", channel.id).member("kind", channel.kind);
        w.member("given_up_in_a_row", trouble == nullptr ? std::int64_t{0} : trouble->given_up);
        if (is_off(trouble)) {
            w.key("switched_off").begin_object().member("since", trouble->switched_off);
            w.member("reason", mask_addresses(trouble->reason)).end_object();
        } else {
            w.null_member("switched_off");
        }
        w.end_object();
    }
    return json_answer(w.end_array().end_object().take() + "\n");
}

void ChannelDesk::switch_on(const PageQuery& query, const std::string& id,
                            const std::vector<LaneTrouble>& troubles, PageDone done) {
    bool known = false;
    {
        const std::lock_guard lock(mutex_);
        known = std::ranges::find(*channels_, id, &Known::id) != channels_->end();
    }
    if (!known) return done(unknown("channel", id));
    if (!is_off(trouble_of(troubles, id))) {
        return done(problem_answer(409, "Conflict", "channel `" + id + "` is on"));
    }
    commands_.submit(request_of(query, command::SwitchChannelOn{id}),
                     reply_position(std::move(done)));
}

}  // namespace candor::app
