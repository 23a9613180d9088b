// Writes items to a lake through the public APIs: makes what is absent, changes what differs, deletes nothing.
//
//  1. An error names the item it happened at.
//  2. What an administrator needs and does not have on objects of others (CREATE_TABLE, ALTER) it grants itself when it
//     is refused; whoever drives the writer takes it away again (lake_import.h).
//  3. Partitions of one table are made a hundred at a time, roles before the trust they place in each other: finish()
//     ends a section.
// One thread.
#pragma once
#include <string>
#include <vector>

#include "cli/export_command.h"
#include "cli/lake_state.h"

namespace weir::cli {

class LakeWriter {
 public:
  // `there`: what the lake holds; `self`: who writes, as Lake Formation names principals.
  LakeWriter(const LakeEnd& lake, const LakeState& there, std::string self)
      : lake_(lake), there_(there), self_(std::move(self)) {}

  base::Status make(const Section& section, const base::Json& item);
  base::Status change(const Section& section, const base::Json& item);
  base::Status finish(const Section& section);

 private:
  base::Status perform(const Section& section, const base::Json& item, std::string_view operation,
                       const base::Json& request);
  base::Status ask(const Section& section, std::string_view operation, const base::Json& request);
  base::Status borrow(const Section& section, const base::Json& item);
  base::Status borrow_on(const base::Json& resource, const base::Json::Array& permissions);
  base::Status change_database(const Section& section, const base::Json& item);
  base::Status change_table(const Section& section, const base::Json& item);
  base::Status change_lf_tag(const Section& section, const base::Json& item);
  base::Status make_role(const Section& section, const base::Json& item);
  base::Status change_holder(const Section& section, const base::Json& item);
  base::Status make_partition(const Section& section, const base::Json& item);
  base::Status flush_partitions(const Section& section);

  const LakeEnd& lake_;
  const LakeState& there_;
  std::string self_;
  std::vector<base::Json> partitions_;  // of one table
  std::vector<base::Json> trusts_;      // UpdateAssumeRolePolicy requests
};

}  // namespace weir::cli
