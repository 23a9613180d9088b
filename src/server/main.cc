// The program: `weir serve`, `weir query`, `weir explain`, `weir admin`.
#include "server/program.h"

int main(int argc, char** argv) { return weir::server::run_program(argc, argv); }
