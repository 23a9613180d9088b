// PutConsole, GetConsole, DeleteConsole: by which pools people of an account sign in to the console.
#pragma once
#include "app/call.h"
#include "wire/weir_api_types.h"

namespace weir::services {

base::Result<wire::weir_api::ConsoleDescription> put_console(app::Call& call,
                                                             const wire::weir_api::PutConsoleRequest& in);
base::Result<wire::weir_api::ConsoleDescription> get_console(app::Call& call,
                                                             const wire::weir_api::GetConsoleRequest& in);
base::Result<wire::weir_api::DeleteConsoleResponse> delete_console(app::Call& call,
                                                                   const wire::weir_api::DeleteConsoleRequest& in);

}  // namespace weir::services
