// candor: one server that watches a service and tells the truth about it.
#include "app/command_line.h"

int main(int argc, char** argv) {
    return candor::app::run_command_line(argc, argv);
}
