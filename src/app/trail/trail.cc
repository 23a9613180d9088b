#include "app/trail/trail.h"

namespace weir::app {

base::Result<std::string> authorize_reading_trail(Call& call) {
  WEIR_CHECK_OK(call.authorize({.action = "cloudtrail:LookupEvents"}));
  WEIR_CHECK_OK(call.lake().journal.flush());
  return call.caller().account();
}

base::Result<audit::Found> lookup_events(Call& call, audit::Lookup lookup) {
  WEIR_TRY(lookup.account, authorize_reading_trail(call));
  return call.lake().journal.lookup(lookup);
}

}  // namespace weir::app
