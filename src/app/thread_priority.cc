#include "app/thread_priority.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace candor::app {

void set_lowest_priority() {
    constexpr int kLowest = 19;
    // Linux keeps a priority per thread.
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), kLowest);
}

}  // namespace candor::app
