#include "app/trail.h"

namespace weir::app {

base::Result<audit::Found> lookup_events(Call& call, audit::Lookup lookup) {
  WEIR_CHECK_OK(call.authorize({.action = "cloudtrail:LookupEvents"}));
  lookup.account = call.caller().account();
  auto& journal = call.lake().journal;
  WEIR_CHECK_OK(journal.flush());  // what was answered before is found now
  return journal.lookup(lookup);
}

}  // namespace weir::app
