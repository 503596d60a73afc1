#include "tests/crash/fault_disk.h"

#include <algorithm>
#include <utility>

namespace candor::test {

void FaultDisk::arm(Fault fault, std::uint64_t n) {
    fault_ = fault;
    strikes_at_ = n;
    operations_ = 0;
    reads_ = 0;
    struck_ = false;
}

DiskAnswer FaultDisk::next_operation(bool is_write) {
    ++operations_;
    const bool now = operations_ == strikes_at_;
    const bool since = operations_ >= strikes_at_;
    switch (fault_) {
        case Fault::kNone:
        case Fault::kReadError: return DiskAnswer::kDone;
        case Fault::kIoError:
            if (!now) return DiskAnswer::kDone;
            break;
        case Fault::kPowerCut:
        case Fault::kDiskGone:
            if (!since) return DiskAnswer::kDone;
            break;
        case Fault::kDiskFull:
            if (!since || !is_write || !still_full_()) return DiskAnswer::kDone;
            struck_ = true;
            return DiskAnswer::kFull;
    }
    struck_ = true;
    return DiskAnswer::kFailed;
}

DiskAnswer FaultDisk::read() {
    ++reads_;
    if (fault_ == Fault::kPowerCut && struck_) return DiskAnswer::kFailed;
    if (fault_ != Fault::kReadError || reads_ != strikes_at_) return DiskAnswer::kDone;
    struck_ = true;
    return DiskAnswer::kFailed;
}

FaultDisk::Handle FaultDisk::open(const std::string& name, bool create) {
    const auto found = files_.find(name);
    if (found != files_.end()) return found->second;
    if (!create) return nullptr;
    return files_[name] = std::make_shared<File>();
}

DiskAnswer FaultDisk::remove(const std::string& name) {
    const DiskAnswer answer = next_operation(false);
    if (answer == DiskAnswer::kDone) files_.erase(name);
    return answer;
}

DiskAnswer FaultDisk::write(File& file, std::size_t offset, std::string_view bytes) {
    const DiskAnswer answer = next_operation(true);
    if (answer == DiskAnswer::kFailed && operations_ != strikes_at_) return answer;
    if (answer != DiskAnswer::kDone) bytes = bytes.substr(0, bytes.size() / 2);
    File::Change change{false, offset, std::string(bytes)};
    apply(file.bytes, change);
    file.unsynced.push_back(std::move(change));
    return answer;
}

DiskAnswer FaultDisk::truncate(File& file, std::size_t size) {
    const DiskAnswer answer = next_operation(false);
    if (answer != DiskAnswer::kDone) return answer;
    File::Change change{true, size, {}};
    apply(file.bytes, change);
    file.unsynced.push_back(std::move(change));
    return answer;
}

DiskAnswer FaultDisk::sync(File& file) {
    const DiskAnswer answer = next_operation(false);
    if (syncs_lie_) return answer;
    // With the power gone nothing is decided yet: restart() does that.
    if (fault_ == Fault::kPowerCut && answer != DiskAnswer::kDone) return answer;
    if (answer == DiskAnswer::kDone) {
        for (const File::Change& change : file.unsynced) apply(file.durable, change);
    }
    file.unsynced.clear();  // after a failure the pages count as clean and are never written
    return answer;
}

void FaultDisk::apply(std::string& to, const File::Change& change) {
    if (change.is_truncate) {
        to.resize(change.offset);
        return;
    }
    to.resize(std::max(to.size(), change.offset + change.bytes.size()));
    to.replace(change.offset, change.bytes.size(), change.bytes);
}

void FaultDisk::restart(Survival survival, std::uint32_t seed) {
    std::mt19937 random(seed);
    for (auto& [name, file] : files_) {
        file->bytes = survivor(*file, survival, random);
        file->durable = file->bytes;
        file->unsynced.clear();
    }
    arm(Fault::kNone, 0);
}

std::string FaultDisk::survivor(const File& file, Survival survival, std::mt19937& random) {
    std::string left = file.durable;
    if (survival == Survival::kNothing) return left;
    for (const File::Change& change : file.unsynced) {
        if (change.is_truncate || survival == Survival::kEverything) {
            if (survival == Survival::kEverything || random() % 2 == 0) apply(left, change);
            continue;
        }
        for (std::size_t begin = 0; begin < change.bytes.size();) {
            const std::size_t into_sector = (change.offset + begin) % kSectorBytes;
            const std::size_t size =
                std::min(kSectorBytes - into_sector, change.bytes.size() - begin);
            File::Change piece{false, change.offset + begin, change.bytes.substr(begin, size)};
            begin += size;
            if (random() % 2 == 0) continue;
            if (survival == Survival::kSomeTorn && random() % 4 == 0) {
                for (char& c : piece.bytes) c = static_cast<char>(random() & 0xff);
            }
            apply(left, piece);
        }
    }
    return left;
}

std::string FaultDisk::all_bytes() const {
    std::string all;
    for (const auto& [name, file] : files_) all += file->bytes;
    return all;
}

}  // namespace candor::test
