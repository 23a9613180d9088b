// Whole executions as data: testdata/machines/*.json (machine_cases.h).
#include "workflow/machine_cases.h"
#include "workflow/query_words.h"

namespace weir::workflow {
namespace {

TEST(Machines, EndAsTheirCasesSay) { EXPECT_GE(run_cases("machines", QueryWords()), 480u); }

}  // namespace
}  // namespace weir::workflow
