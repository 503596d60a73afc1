// Writes every sample page as files that a browser can open through any static server:
// page_gallery FOLDER. Used for the pictures in docs/ and to look at a change before it lands.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "page/renderer.h"
#include "tests/gallery/sample_states.h"

namespace candor::gallery {
namespace {

void write(const std::filesystem::path& path, const std::string& bytes) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
}

// "/" and extension-less paths become index.html of a folder.
std::filesystem::path file_of(const std::filesystem::path& root, const std::string& url) {
    const std::filesystem::path path = root / url.substr(1);
    return path.has_extension() ? path : path / "index.html";
}

void write_on_demand(const std::filesystem::path& root, const Sample& sample) {
    view::ViewOptions options = sample.options();
    write(root / "history" / "index.html",
          page::render_history(view::build_history_view(sample.state, options, kNow - days(9)))
              ->identity);
    for (const view::Range range : view::kRanges) {
        auto detail =
            view::build_component_view(sample.state, options, ComponentId{"directory"}, range);
        if (!detail) continue;
        const view::BarScale scale = view::bar_scale(range);
        detail->latency_step = scale.step;
        detail->latency = sample_latency(view::first_bar(scale, kNow), scale.step,
                                         static_cast<std::size_t>(scale.count));
        const std::string folder = "directory-" + std::string(view::name_of(range));
        write(root / "components" / folder / "index.html",
              page::render_component(*detail)->identity);
    }
    options.historical = true;
    write(root / "at" / "index.html",
          page::render_at(view::build_public_view(sample.state, options))->identity);
}

int run(const std::filesystem::path& folder) {
    for (const Sample& sample : all_samples()) {
        page::Renderer renderer;
        const page::SitePtr site = renderer.render(sample.view());
        const std::filesystem::path root = folder / sample.name;
        site->resources.for_each([&](const std::string& url, const page::ResourcePtr& resource) {
            write(file_of(root, url), resource->identity);
        });
        write(root / "404.html", site->not_found->identity);
        write(root / "503.html", site->unavailable->identity);
        write_on_demand(root, sample);
        const page::ResourcePtr home = site->resources.find("/");
        std::printf("%-12s / %7zu bytes, gzip %6zu, brotli %6zu\n", sample.name.c_str(),
                    home->identity.size(), home->gzip.size(), home->brotli.size());
    }
    return 0;
}

}  // namespace
}  // namespace candor::gallery

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: page_gallery FOLDER\n");
        return 2;
    }
    return candor::gallery::run(argv[1]);
}
