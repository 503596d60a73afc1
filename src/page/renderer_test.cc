// What the renderer may keep of the site before, and what it may not.
#include "page/renderer.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/gallery/sample_states.h"

namespace candor::page {
namespace {

using gallery::kNow;

std::map<std::string, std::string> bytes_of(const Site& site) {
    std::map<std::string, std::string> out;
    site.resources.for_each([&](const std::string& path, const ResourcePtr& resource) {
        EXPECT_FALSE(resource->etag.empty()) << path << " was not encoded";
        out.emplace(path, resource->identity);
    });
    out["404"] = site.not_found->identity;
    out["503"] = site.unavailable->identity;
    return out;
}

// As a flip is published: people's pages, then the rest.
SitePtr publish(Renderer& renderer, const view::PublicView& view) {
    renderer.adopt(renderer.render_first(view));
    renderer.adopt(renderer.render_rest(view));
    return renderer.render(view);
}

TEST(Renderer, a_site_after_many_others_is_as_if_it_were_the_first) {
    Renderer renderer;
    for (int round = 0; round < 2; ++round) {
        for (const gallery::Sample& sample : gallery::all_samples()) {
            const view::PublicView view = sample.view();
            renderer.adopt(renderer.render_first(view));
            const SitePtr site = renderer.render_rest(view);
            renderer.adopt(site);
            EXPECT_EQ(bytes_of(*site), bytes_of(*Renderer().render(view))) << sample.name;
        }
    }
}

TEST(Renderer, what_was_rendered_first_is_new_for_people_and_old_for_programs) {
    Renderer renderer;
    const SitePtr before = publish(renderer, gallery::green().view());
    const SitePtr first = renderer.render_first(gallery::red().view());
    EXPECT_NE(first->resources.find("/")->identity, before->resources.find("/")->identity);
    EXPECT_EQ(first->resources.find("/history.atom"), before->resources.find("/history.atom"));
    EXPECT_EQ(first->resources.base(), before->resources.base());
}

TEST(Renderer, what_nobody_adopted_leaves_no_trace) {
    Renderer renderer;
    const SitePtr before = publish(renderer, gallery::green().view());
    const SitePtr discarded = renderer.render_first(gallery::several().view());
    const SitePtr next = renderer.render_first(gallery::recovering().view());
    std::size_t incidents = 0;
    discarded->resources.for_each([&](const std::string& path, const ResourcePtr& resource) {
        if (before->resources.find(path) == resource || path == "/") return;
        ++incidents;
        EXPECT_NE(next->resources.find(path), resource) << path;
    });
    EXPECT_GT(incidents, 0U);
}

TEST(Renderer, gives_up_between_any_two_pieces_of_work) {
    Renderer renderer;
    publish(renderer, gallery::green().view());
    const view::PublicView view = gallery::red().view();
    renderer.adopt(renderer.render_first(view));
    SitePtr site;
    int interrupted = 0;
    for (int patience = 0; site == nullptr; ++patience) {
        int asked = 0;
        site = renderer.render_rest(view, [&] { return asked++ >= patience; });
        interrupted += site == nullptr;
    }
    EXPECT_GT(interrupted, 20);
    EXPECT_EQ(bytes_of(*site), bytes_of(*Renderer().render(view)));
}

}  // namespace
}  // namespace candor::page
