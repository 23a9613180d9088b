// Reading a journal's files: searching them from the newest record back, and walking the chain.
#pragma once
#include "audit/journal.h"
#include "backends/journal/day_writer.h"

namespace weir::backends {

// Records up to `head`. A next_token that is not of this query is invalid about "token".
base::Result<audit::Found> search_trail(const std::string& directory, const JournalHead& head,
                                        const audit::Lookup& lookup);

// Where the journal ends now, for a reader beside the server: its last line that has an end. Changes nothing.
base::Result<JournalHead> present_head(const std::string& directory);

// The chain from the oldest file that is there to `head`; see FileJournal::verify().
base::Result<JournalHead> verify_trail(const std::string& directory, const JournalHead& head, const Chain& chain,
                                       const std::optional<JournalHead>& known);

}  // namespace weir::backends
