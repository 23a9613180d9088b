// cfn-output.json, as `cdk deploy --outputs-file` of the sample writes it: what its user interface and scripts read.
#pragma once
#include <string>

#include "cli/mesh_ledger.h"
#include "cli/mesh_place.h"

namespace weir::cli {

std::string outputs_text(const MeshPlace& place);
base::Status write_outputs(const std::string& file, const MeshPlace& place, MeshLedger& ledger);
// Only a file that says what write_outputs would write.
base::Status remove_outputs(const std::string& file, const MeshPlace& place, MeshLedger& ledger);

}  // namespace weir::cli
