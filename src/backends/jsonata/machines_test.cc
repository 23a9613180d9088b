// Whole executions in JSONata, with the engine the server uses: workflow/testdata/jsonata_machines.
#include "backends/jsonata/engine_fixture.h"
#include "workflow/machine_cases.h"

namespace weir::backends::jsonata {
namespace {

TEST(Machines, EndAsTheirCasesSay) { EXPECT_GE(workflow::run_cases("jsonata_machines", engine()), 60u); }

}  // namespace
}  // namespace weir::backends::jsonata
