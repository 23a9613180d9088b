// The resources and principals that a request names, read and checked before anything is asked or changed.
//
// Threads: values and free functions.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"
#include "sharing/receiver.h"
#include "sharing/shareable.h"

namespace weir::app {

struct SharedWords {
  std::vector<sharing::Shareable> resources;  // each once
  std::vector<sharing::Receiver> receivers;   // each once

  std::vector<std::string> resource_texts() const;
  std::vector<std::string> receiver_texts() const;
};

// Resources must be of the owner and of this region.
base::Result<SharedWords> read_words(Call& call, const names::AccountId& owner,
                                     const std::vector<std::string>& resources,
                                     const std::vector<std::string>& principals);

}  // namespace weir::app
