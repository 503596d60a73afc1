// What a flip costs between the state and finished bytes, at 1,000 components: one component
// changes, the view is built, every page is rendered and compressed as at the flip.
//
// The budget of DESIGN §11 (observation to page, 50 ms p99) leaves this about 20 ms on one core.
#include <benchmark/benchmark.h>

#include <atomic>

#include "page/compress.h"
#include "page/renderer.h"
#include "tests/gallery/sample_states.h"

namespace candor::page {
namespace {

constexpr std::size_t kComponents = 1000;

// Turns one component red and green again, a second later each time.
class Flipper {
   public:
    Flipper() : sample_(gallery::many(kComponents)), options_(sample_.options()) {}

    view::PublicView next() {
        ++round_;
        options_.as_of = gallery::kNow + seconds(round_);
        sample_.state.position += 1;
        sample_.state.components.at(ComponentId{"service-500"}).edit([&](core::ComponentState& c) {
            c.status =
                round_ % 2 == 1 ? ComponentStatus::kMajorOutage : ComponentStatus::kOperational;
            c.changed = c.effective = options_.as_of;
            c.timeline.set(c.effective, c.status);
        });
        return view::build_public_view(sample_.state, options_);
    }

   private:
    gallery::Sample sample_;
    view::ViewOptions options_;
    std::int64_t round_ = 0;
};

void build_view(benchmark::State& state) {
    Flipper flipper;
    for (auto _ : state) benchmark::DoNotOptimize(flipper.next());
}
BENCHMARK(build_view)->Unit(benchmark::kMillisecond);

// What readers wait for at a flip.
void flip_first(benchmark::State& state) {
    Flipper flipper;
    Renderer renderer;
    renderer.adopt(renderer.render(flipper.next()));
    for (auto _ : state) renderer.adopt(renderer.render_first(flipper.next()));
}
BENCHMARK(flip_first)->Unit(benchmark::kMillisecond);

void flip(benchmark::State& state) {
    Flipper flipper;
    Renderer renderer;
    for (auto _ : state) {
        renderer.adopt(renderer.render(flipper.next()));
    }
}
BENCHMARK(flip)->Unit(benchmark::kMillisecond);

// Only the as-of moves: what the server pays every engine::kRefreshEvery.
void tick(benchmark::State& state) {
    const gallery::Sample sample = gallery::many(kComponents);
    view::ViewOptions options = sample.options();
    Renderer renderer;
    for (auto _ : state) {
        options.as_of = options.as_of + seconds(20);
        const view::PublicView view = view::build_public_view(sample.state, options);
        renderer.adopt(renderer.render(view));
    }
}
BENCHMARK(tick)->Unit(benchmark::kMillisecond);

void quiet_pass(benchmark::State& state) {
    const std::atomic<bool> cancelled = false;
    Flipper flipper;
    Renderer renderer;
    for (auto _ : state) {
        const view::PublicView view = flipper.next();
        const SitePtr site = renderer.render(view);
        benchmark::DoNotOptimize(smallest(*site, cancelled));
    }
}
BENCHMARK(quiet_pass)->Unit(benchmark::kMillisecond)->Iterations(3);

}  // namespace
}  // namespace candor::page

BENCHMARK_MAIN();
